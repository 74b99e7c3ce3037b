package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

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
            new LinePlot(
                    "a",
                    HOSTILE,
                    HOSTILE,
                    axis(HOSTILE, false),
                    axis(HOSTILE, true),
                    List.of(curve))
                .draw(),
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
                .draw(),
            new ConfusionMatrix(
                    "m",
                    HOSTILE,
                    HOSTILE,
                    List.of(HOSTILE, "2"),
                    List.of(List.of(3L, 1L), List.of(0L, 0L)))
                .draw(),
            new SeedPlot(
                    "d",
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    List.of(
                        new SeedPlot.Row(
                            HOSTILE, 1, List.of(new SeedPlot.Seed(HOSTILE, 1)), HOSTILE)),
                    SeedPlot.Dots.PAIRS,
                    List.of(new ReferenceLine(HOSTILE, 1)))
                .draw(),
            new CriticalDifference(
                    "e",
                    HOSTILE,
                    HOSTILE,
                    List.of(
                        new CriticalDifference.Model(HOSTILE, 1, 1),
                        new CriticalDifference.Model(HOSTILE, 2, 2)),
                    List.of(List.of(0, 1)),
                    1)
                .draw());
    for (Figure figure : figures) {
      for (String svg : List.of(figure.inline(), figure.standAlone())) {
        Drawn drawing = new Drawn(svg);
        assertThat(drawing.all("script")).isEmpty();
        assertThat(drawing.all("desc")).hasSize(1);
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
    Drawn drawn = plot(points);
    List<double[]> means = corners(drawn, "stroke-width", "2");
    List<double[]> band = corners(drawn, "fill-opacity", "0.16");
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
    Drawn drawn = plot(List.of(new LinePlot.Point(0, 10, 0), new LinePlot.Point(4, 20, 0)));
    assertThat(drawn.paths("fill-opacity", "0.16")).isEmpty();
    assertThat(corners(drawn, "stroke-width", "2")).hasSize(2);
  }

  /** What grows in proportion is a straight line, and each of so few points has its mark. */
  @Test
  void equalRatiosAreEquallyFarApartOnLogarithmicAxes() throws Exception {
    Drawn drawn =
        plot(
            List.of(
                new LinePlot.Point(1, 30, 0),
                new LinePlot.Point(4, 120, 0),
                new LinePlot.Point(16, 480, 0)),
            true);
    List<double[]> line = corners(drawn, "stroke-width", "2");
    assertThat(line.get(1)[0] - line.get(0)[0])
        .isPositive()
        .isCloseTo(line.get(2)[0] - line.get(1)[0], ROUNDED);
    assertThat(line.get(1)[1] - line.get(0)[1])
        .isNegative()
        .isCloseTo(line.get(2)[1] - line.get(1)[1], ROUNDED);
    assertThat(drawn.paths("d", Marker.of(0).path())).hasSize(1 + 3);
  }

  private static Drawn plot(List<LinePlot.Point> points) throws Exception {
    return plot(points, false);
  }

  private static Drawn plot(List<LinePlot.Point> points, boolean logarithmic) throws Exception {
    LinePlot.Curve curve = new LinePlot.Curve("c", 0, points);
    ScatterPlot.AxisTitle x = axis("x", logarithmic);
    ScatterPlot.AxisTitle y = axis("y", logarithmic);
    return new Drawn(new LinePlot("a", "t", "d", x, y, List.of(curve)).draw());
  }

  private static ScatterPlot.AxisTitle axis(String text, boolean logarithmic) {
    return new ScatterPlot.AxisTitle(text, logarithmic);
  }

  private static List<double[]> corners(Drawn drawn, String attribute, String value) {
    assertThat(drawn.paths(attribute, value)).hasSize(1);
    return Drawn.corners(drawn.paths(attribute, value).get(0));
  }

  @Test
  void figuresThatAreNoNumbersAreRefused() {
    assertThatThrownBy(() -> new LinePlot.Point(Double.NaN, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> names(List<ScatterPoint> points) {
    return points.stream().map(ScatterPoint::label).toList();
  }

  private static ScatterPoint point(String name, double x, double y) {
    return new ScatterPoint(name, 0, x, 0, y, 0, name);
  }

  @Test
  void aWideMapIsTurnedToStayNarrow() throws Exception {
    List<List<HeatMap.Field>> fields = new ArrayList<>();
    for (int row = 0; row < 2; row++) {
      List<HeatMap.Field> line = new ArrayList<>();
      for (int column = 0; column < 7; column++) {
        line.add(new HeatMap.Field(column, row + " and " + column, "± 0.0042, n = 5"));
      }
      fields.add(line);
    }
    List<String> columns = List.of("a", "b", "c", "d", "e", "f", "g");
    Figure figure =
        new HeatMap("n", "t", "d", "width", "depth", columns, List.of("X", "Y"), fields).draw();
    Drawn drawn = new Drawn(figure);
    assertThat(drawn.bounds().right()).isEqualTo(Drawing.WIDTH);
    assertThat(Drawn.box(drawn.text("1 and 5")).top())
        .as("down along the longer side")
        .isGreaterThan(Drawn.box(drawn.text("1 and 4")).bottom());
    assertThat(Drawn.box(drawn.text("1 and 5")).left())
        .isGreaterThan(Drawn.box(drawn.text("0 and 5")).right());
    assertThat(drawn.text("1 and 5").getAttribute("y"))
        .isEqualTo(drawn.text("0 and 5").getAttribute("y"));
    IntervalPlotTest.textsApart(figure);
  }

  /** On a page 400 pixels wide, of which 368 are the figure's. */
  @Test
  void lettersStayLegibleOnANarrowPage() {
    assertThat(FigureStyle.SMALL_SIZE * 368 / Drawing.WIDTH).isGreaterThan(8.5);
  }
}
