package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FiguresTest {
  /** Figures are written with few digits. */
  private static final Offset<Double> ROUNDED = Offset.offset(0.03);

  private static final String HOSTILE = "</text><script>alert(1)</script> & \u0000";

  @Test
  void theFrontIsWhatNoOtherPointBeats() {
    List<ScatterPoint> points =
        List.of(point("a", 1, 0.5), point("b", 2, 0.4), point("c", 3, 0.9), point("d", 3, 0.8));
    assertThat(names(Front.LESS.of(points))).containsExactly("a", "c");
    assertThat(names(Front.MORE.of(points))).containsExactly("c");
    assertThat(Front.NONE.of(points)).isEmpty();
    // of two equal ones the first stays
    assertThat(names(Front.LESS.of(List.of(point("a", 1, 0.5), point("b", 1, 0.5)))))
        .containsExactly("a");
  }

  @Test
  void everyFigureIsWellFormedWhateverItsTextsAre() throws Exception {
    LinePlot.Curve curve =
        new LinePlot.Curve(
            HOSTILE, 1, List.of(new LinePlot.Point(0, 1, 0.1), new LinePlot.Point(9, 2, 0)));
    List<HeatMap.Field> row = new ArrayList<>();
    row.add(new HeatMap.Field(0.5, HOSTILE, HOSTILE));
    row.add(null);
    List<Figure> figures =
        List.of(
            new LinePlot("a", HOSTILE, HOSTILE, HOSTILE, HOSTILE, List.of(curve)).draw(),
            new IntervalPlot(
                    "b",
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    List.of(new IntervalPlot.Line(HOSTILE, HOSTILE, 2, -1, -2, 1, HOSTILE)))
                .draw(),
            new HeatMap(
                    "c",
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    List.of(HOSTILE, "2"),
                    List.of("1"),
                    List.of(row))
                .draw());
    for (Figure figure : figures) {
      for (String svg : List.of(figure.inline(), figure.standAlone())) {
        Document drawing = parsed(svg);
        assertThat(drawing.getElementsByTagName("script").getLength()).isZero();
        assertThat(drawing.getElementsByTagName("desc").getLength()).isEqualTo(1);
        assertThat(svg).doesNotContain("NaN", "Infinity");
      }
    }
  }

  /** On the scale of the curve itself, whose points are the means. */
  @Test
  void aBandReachesFromMeanMinusToMeanPlusDeviation() throws Exception {
    List<LinePlot.Point> points =
        List.of(
            new LinePlot.Point(0, 10, 2),
            new LinePlot.Point(3, 14, 0.5),
            new LinePlot.Point(4, 20, 4));
    String svg = plot(points);
    List<double[]> means = corners(paths(svg, "stroke-width", "2"));
    List<double[]> band = corners(paths(svg, "fill-opacity", "0.16"));
    double pixels = (means.get(2)[1] - means.get(0)[1]) / (20 - 10);
    assertThat(pixels).as("up is towards 0").isNegative();
    assertThat(means).hasSize(3);
    assertThat(band).hasSize(6);
    for (int i = 0; i < 3; i++) {
      double[] mean = means.get(i);
      double deviation = points.get(i).spread() * pixels;
      assertThat(band.get(i)).containsExactly(new double[] {mean[0], mean[1] + deviation}, ROUNDED);
      assertThat(band.get(5 - i))
          .containsExactly(new double[] {mean[0], mean[1] - deviation}, ROUNDED);
    }
    assertThat((means.get(1)[1] - means.get(0)[1]) / pixels).isCloseTo(4, ROUNDED);
  }

  @Test
  void aCurveWithoutDeviationHasNoBand() throws Exception {
    String svg = plot(List.of(new LinePlot.Point(0, 10, 0), new LinePlot.Point(4, 20, 0)));
    assertThat(paths(svg, "fill-opacity", "0.16")).isEmpty();
    assertThat(corners(paths(svg, "stroke-width", "2"))).hasSize(2);
  }

  private static String plot(List<LinePlot.Point> points) {
    LinePlot.Curve curve = new LinePlot.Curve("c", 0, points);
    return new LinePlot("a", "t", "d", "x", "y", List.of(curve)).draw().inline();
  }

  /** The path data of the elements that have an attribute. */
  private static List<String> paths(String svg, String attribute, String value) throws Exception {
    NodeList elements = parsed(svg).getElementsByTagName("path");
    List<String> data = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.getAttribute(attribute).equals(value)) {
        data.add(element.getAttribute("d"));
      }
    }
    return data;
  }

  /** Where the only path goes: x and y of each corner. */
  private static List<double[]> corners(List<String> paths) {
    assertThat(paths).hasSize(1);
    return Pattern.compile("[ML]([-0-9.]+) ([-0-9.]+)")
        .matcher(paths.get(0))
        .results()
        .map(m -> new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))})
        .toList();
  }

  @Test
  void figuresThatAreNoNumbersAreRefused() {
    assertThatThrownBy(() -> new LinePlot.Point(Double.NaN, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IntervalPlot.Line("a", "", 0, 3, 0, 2, ""))
        .hasMessageContaining("line 'a' is 3.0 in 0.0 to 2.0");
  }

  private static List<String> names(List<ScatterPoint> points) {
    return points.stream().map(ScatterPoint::label).toList();
  }

  private static ScatterPoint point(String name, double x, double y) {
    return new ScatterPoint(name, 0, x, 0, y, 0, name);
  }

  private static Document parsed(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new java.io.StringReader(svg)));
  }
}
