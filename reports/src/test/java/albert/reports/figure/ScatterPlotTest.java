package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.reports.figure.ScatterPlot.AxisTitle;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ScatterPlotTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 12, 60})
  void noTwoTextsCoverEachOther(int count) throws Exception {
    Random random = new Random(7);
    List<ScatterPoint> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(
          point(
              "variant number " + i,
              1e6 * (1 + 100 * random.nextDouble()),
              0.6 + random.nextDouble() / 50));
    }
    Figure figure = plot(points, List.of(new ReferenceLine("bag of words", 0.61))).draw();
    List<Box> boxes = new ArrayList<>();
    for (Element text : texts(figure.standAlone())) {
      if (text.getAttribute("class").contains("halo")) {
        double x = Double.parseDouble(text.getAttribute("x"));
        double y = Double.parseDouble(text.getAttribute("y"));
        boxes.add(new Box(x, y - 9, x + LabelPlacement.width(text.getTextContent()), y + 2));
      }
    }
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(boxes.get(i).overlaps(boxes.get(j))).isFalse();
      }
    }
    long unnamed = points.stream().filter(p -> figure.note().contains(p.label())).count();
    assertThat(boxes.size() + (figure.note().contains("bag of words") ? 1 : 0))
        .isGreaterThanOrEqualTo((int) (count + 1 - unnamed));
  }

  @Test
  void hostileTextsStayTexts() throws Exception {
    String hostile = "</text><script>alert(1)</script>\" onload='x' & \u0000 \uD800 ]]>";
    Figure figure =
        new ScatterPlot(
                "n",
                hostile,
                hostile,
                new AxisTitle(hostile, true),
                new AxisTitle(hostile, false),
                List.of(new ScatterPoint(hostile, 0, 1e6, 0, 0.5, 0.01, hostile)),
                List.of(new ReferenceLine(hostile, 0.5)))
            .draw();
    Document drawing = parsed(figure.standAlone());
    assertThat(drawing.getElementsByTagName("script").getLength()).isZero();
    assertThat(drawing.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo(hostile.replace('\u0000', '\uFFFD').replace('\uD800', '\uFFFD'));
  }

  @Test
  void aLineFarOffIsNamedInsteadOfPressingTheMarksTogether() {
    List<ScatterPoint> points = List.of(point("a", 1e6, 0.62), point("b", 2e6, 0.64));
    Figure figure =
        plot(
                points,
                List.of(new ReferenceLine("bag of words", 0.61), new ReferenceLine("guess", 0.1)))
            .draw();
    assertThat(figure.note()).isEqualTo("Outside the picture: guess.");
    assertThat(figure.inline()).contains(">bag of words<").doesNotContain(">guess<");
  }

  @Test
  void onePointWithoutSpreadIsDrawnToo() throws Exception {
    Figure figure = plot(List.of(new ScatterPoint("a", 0, 5e6, 0, 0.5, 0, "a")), List.of()).draw();
    assertThat(parsed(figure.inline()).getElementsByTagName("title").getLength()).isEqualTo(2);
    assertThat(figure.inline()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void aPointThatIsNowhereIsRefused() {
    assertThatThrownBy(() -> point("a", Double.NaN, 1)).hasMessageContaining("point 'a'");
    assertThatThrownBy(() -> plot(List.of(), List.of())).hasMessageContaining("no points");
  }

  @Test
  void ticksOfEveryRangeAreFewDifferentAndInside() {
    for (int exponent = -4; exponent <= 11; exponent++) {
      for (double ratio : new double[] {1, 1.0001, 1.02, 1.3, 2, 7, 40, 1e4, 1e9}) {
        double low = 1.37 * Math.pow(10, exponent);
        double[] values = {low, low * ratio};
        for (Axis axis : List.of(Axis.linear(values), Axis.logarithmic(values))) {
          assertThat(axis.ticks()).hasSizeBetween(2, 8);
          assertThat(axis.ticks()).extracting(Axis.Tick::label).doesNotHaveDuplicates();
          assertThat(axis.ticks())
              .allSatisfy(t -> assertThat(axis.position(t.value())).isBetween(0.0, 1.0));
          assertThat(axis.position(low)).isBetween(0.0, 1.0);
        }
      }
    }
  }

  @Test
  void quantitiesAreShort() {
    assertThat(Quantity.compact(11_001_600)).isEqualTo("11.0M");
    assertThat(Quantity.compact(222_600_000)).isEqualTo("223M");
    assertThat(Quantity.compact(999_999)).isEqualTo("1.00M");
    assertThat(Quantity.compact(2_874_624)).isEqualTo("2.87M");
    assertThat(Quantity.compact(45)).isEqualTo("45");
    assertThat(Quantity.compact(0)).isEqualTo("0");
  }

  private static ScatterPoint point(String label, double x, double y) {
    return new ScatterPoint(label, 0, x, 0, y, 0.003, label);
  }

  private static ScatterPlot plot(List<ScatterPoint> points, List<ReferenceLine> lines) {
    return new ScatterPlot(
        "plot",
        "Accuracy against size",
        "words",
        new AxisTitle("parameters", true),
        new AxisTitle("accuracy", false),
        points,
        lines);
  }

  private static List<Element> texts(String svg) throws Exception {
    NodeList nodes = parsed(svg).getElementsByTagName("text");
    List<Element> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add((Element) nodes.item(i));
    }
    return texts;
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
