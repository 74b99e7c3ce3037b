package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.reports.figure.ScatterPlot.AxisTitle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

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
    List<Box> boxes =
        new Drawn(figure)
            .all("text").stream()
                .filter(text -> text.getAttribute("class").contains("halo"))
                .map(Drawn::box)
                .toList();
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
  void theFrontHasALegendAndCrossesNoName() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 8; round++) {
      List<ScatterPoint> points = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        double x = i == 0 ? 0.9 : i == 8 ? 10.5 : 1 + 9 * random.nextDouble();
        points.add(point("variant number " + i, 1e6 * x, i * 0.01));
      }
      ScatterPlot plot = plot(points, List.of());
      Drawn drawn =
          new Drawn(
              new ScatterPlot(
                      plot.name(), "t", "d", plot.x(), plot.y(), points, List.of(), Front.LESS)
                  .draw());
      assertThat(drawn.texts()).contains("Pareto front of the means");
      List<double[]> front =
          drawn.paths("stroke-dasharray", "2 3").stream()
              .map(Drawn::corners)
              .filter(corners -> corners.get(0)[1] != corners.get(1)[1])
              .findFirst()
              .orElseThrow();
      for (Element text : drawn.all("text")) {
        for (int i = 1; i < front.size(); i++) {
          double[] from = front.get(i - 1);
          double[] to = front.get(i);
          assertThat(new Segment(from[0], from[1], to[0], to[1]).crosses(Drawn.box(text)))
              .as(text.getTextContent())
              .isFalse();
        }
      }
    }
    assertThat(new Drawn(plot(List.of(point("a", 1e6, 1)), List.of()).draw()).texts())
        .doesNotContain("Pareto front of the means");
  }

  @Test
  void aLineFromANameRunsOverNoOtherMark() throws Exception {
    List<ScatterPoint> points = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      points.add(new ScatterPoint("a name of some length " + i, i, 1e6 * (1 + i), 0, 1, 0, "p"));
    }
    Drawn drawn = new Drawn(plot(points, List.of()).draw());
    int lines = 0;
    for (Element line : drawn.paths("class", "axis")) {
      List<double[]> ends = Drawn.corners(line);
      Segment leader = new Segment(ends.get(0)[0], ends.get(0)[1], ends.get(1)[0], ends.get(1)[1]);
      long marks =
          drawn.all("path").stream()
              .filter(path -> path.getAttribute("class").startsWith("mark-"))
              .map(Drawn::shift)
              .filter(at -> leader.crosses(Box.around(at[0], at[1], 6, 6)))
              .count();
      lines += marks > 0 ? 1 : 0;
      assertThat(marks).isLessThanOrEqualTo(1);
    }
    assertThat(lines).as("names that are away from their marks").isPositive();
  }

  @Test
  void aSegmentCrossesABoxOrNot() {
    Box box = new Box(0, 0, 10, 4);
    assertThat(new Segment(-5, 2, 15, 2).crosses(box)).isTrue();
    assertThat(new Segment(2, 1, 3, 2).crosses(box)).as("inside").isTrue();
    assertThat(new Segment(5, -9, 5, 9).crosses(box)).isTrue();
    assertThat(new Segment(-2, 3, 3, 8).crosses(box)).as("past a corner").isFalse();
    assertThat(new Segment(-2, -1, 5, 2).crosses(box)).isTrue();
    assertThat(new Segment(-5, 2, -1, 2).crosses(box)).as("ends before it").isFalse();
    assertThat(new Segment(0, 4, 10, 4).crosses(box)).as("along its edge").isFalse();
    assertThat(new Segment(11, -9, 11, 9).crosses(box)).isFalse();
  }

  @Test
  void singleValuesAreDotsInsteadOfABar() throws Exception {
    List<Double> values = List.of(0.5, 0.6, 0.7);
    Drawn dots =
        new Drawn(
            plot(List.of(new ScatterPoint("a", 0, 1e6, 0, 0.6, 0.1, "a", values)), List.of())
                .draw());
    List<double[]> drawn =
        dots.paths("class", Marker.DISC.cssClass()).stream().map(Drawn::shift).toList();
    assertThat(drawn).hasSize(4);
    assertThat(drawn).extracting(dot -> dot[0]).containsOnly(drawn.get(0)[0]);
    assertThat(drawn.get(0)[1] - drawn.get(3)[1])
        .isCloseTo(drawn.get(3)[1] - drawn.get(2)[1], org.assertj.core.data.Offset.offset(0.03));
    assertThat(dots.paths("class", Marker.DISC.strokeClass())).isEmpty();
    assertThat(dots.texts()).contains("small dots: seeds, mark: their mean");
    Drawn bar = new Drawn(plot(List.of(point("a", 1e6, 0.6)), List.of()).draw());
    assertThat(bar.paths("class", Marker.DISC.strokeClass())).hasSize(1);
    assertThatThrownBy(() -> new ScatterPoint("a", 0, 1, 0, 1, 0, "a", List.of(Double.NaN)))
        .hasMessageContaining("values [NaN]");
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
    Drawn drawing = new Drawn(figure);
    assertThat(drawing.all("script")).isEmpty();
    assertThat(drawing.all("desc").get(0).getTextContent())
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
    assertThat(new Drawn(figure.inline()).all("title")).hasSize(2);
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
}
