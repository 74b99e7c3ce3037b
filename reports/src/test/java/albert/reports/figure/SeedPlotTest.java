package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class SeedPlotTest {
  private static final Offset<Double> ROUNDED = Offset.offset(0.05);

  @Test
  void aDotASeedAndAStrokeAtTheMean() throws Exception {
    Drawn drawn = new Drawn(plot(false, row("a", 1, 0.5, 0.6, 0.9)));
    List<double[]> dots = dots(drawn, 1);
    assertThat(dots).hasSize(3);
    double unit = (dots.get(2)[0] - dots.get(0)[0]) / 0.4;
    assertThat((dots.get(1)[0] - dots.get(0)[0]) / unit).isCloseTo(0.1, Offset.offset(1e-3));
    double mean = Drawn.corners(drawn.paths("stroke-width", "2.5").get(0)).get(0)[0];
    assertThat(mean - dots.get(0)[0]).isCloseTo(unit * (2.0 / 3 - 0.5), ROUNDED);
  }

  @Test
  void dotsAreMovedOnlyWhereTheyCoincide() throws Exception {
    List<double[]> apart = dots(new Drawn(plot(false, row("a", 1, 0.5, 0.6, 0.9))), 1);
    assertThat(apart).extracting(dot -> dot[1]).containsOnly(apart.get(0)[1]);
    List<double[]> equal = dots(new Drawn(plot(false, row("a", 1, 0.5, 0.5, 0.9, 0.5))), 1);
    assertThat(equal).extracting(dot -> dot[1]).containsSequence(equal.get(0)[1]);
    assertThat(equal.get(2)[1]).isEqualTo(equal.get(0)[1]);
    for (int i : new int[] {1, 3}) {
      assertThat(equal.get(i)[0]).isEqualTo(equal.get(0)[0]);
      assertThat(Math.abs(equal.get(i)[1] - equal.get(0)[1])).isBetween(4.0, 15.0);
    }
    assertThat(equal.get(1)[1]).isNotEqualTo(equal.get(3)[1]);
  }

  @Test
  void theDotsOfOneSeedAreJoinedFromRowToRow() throws Exception {
    SeedPlot.Row first = row("a", 1, 0.5, 0.6);
    SeedPlot.Row second =
        new SeedPlot.Row("b", 2, List.of(new SeedPlot.Seed("1", 0.7), seed("other", 0.8)), "b");
    Drawn joined = new Drawn(plot(true, first, second));
    List<Element> joins = joins(joined);
    assertThat(joins).hasSize(1);
    List<double[]> ends = Drawn.corners(joins.get(0));
    assertThat(ends.get(0)[0]).isCloseTo(dots(joined, 1).get(1)[0], ROUNDED);
    assertThat(ends.get(1)[0]).isCloseTo(dots(joined, 2).get(0)[0], ROUNDED);
    assertThat(joined.texts()).contains("the same seed");
    Drawn apart = new Drawn(plot(false, first, second));
    assertThat(joins(apart)).isEmpty();
    assertThat(apart.texts()).doesNotContain("the same seed");
  }

  /** Each task has its mark in all rows, and the mean its interval where there is one. */
  @Test
  void tasksHaveMarksOfTheirOwnAndTheMeanAnInterval() throws Exception {
    SeedPlot.Row first =
        new SeedPlot.Row("a", 5, List.of(seed("rte", 0.5), seed("cola", 0.7)), 0.55, 0.65, "a");
    SeedPlot.Row second =
        new SeedPlot.Row("b", 6, List.of(seed("rte", 0.6), seed("cola", 0.9)), "b");
    Drawn drawn = new Drawn(plot(SeedPlot.Dots.TASKS, first, second));
    assertThat(drawn.texts()).contains("rte", "cola", "mean", "its interval");
    assertThat(drawn.texts()).doesNotContain("a seed");
    List<double[]> rte = dots(drawn, 0); // two rows and the legend
    List<double[]> cola = dots(drawn, 1);
    assertThat(rte).hasSize(3);
    assertThat(cola).hasSize(3);
    assertThat(dots(drawn, 5)).isEmpty();
    double unit = (cola.get(1)[0] - rte.get(0)[0]) / 0.4; // from 0.5 to 0.9
    assertThat((cola.get(0)[0] - rte.get(0)[0]) / unit).isCloseTo(0.2, Offset.offset(1e-3));
    List<Element> intervals =
        drawn.paths("class", "rule").stream().filter(e -> Drawn.corners(e).size() == 6).toList();
    assertThat(intervals).hasSize(2); // the first row's and the legend's
    List<double[]> ends = Drawn.corners(intervals.get(0));
    assertThat((ends.get(1)[0] - ends.get(0)[0]) / unit).isCloseTo(0.1, Offset.offset(1e-3));
    assertThat(new Drawn(plot(SeedPlot.Dots.TASKS, second)).texts()).doesNotContain("its interval");
    IntervalPlotTest.textsApart(plot(SeedPlot.Dots.TASKS, first, second));
  }

  /** A ninth task looks like the first in outline. */
  @Test
  void marksThatRecurAreHollow() throws Exception {
    List<SeedPlot.Seed> nine = new ArrayList<>();
    for (int i = 0; i <= Marker.values().length; i++) {
      nine.add(seed("task " + i, 0.1 * i));
    }
    Drawn drawn = new Drawn(plot(SeedPlot.Dots.TASKS, new SeedPlot.Row("a", 0, nine, "a")));
    assertThat(dots(drawn, 0)).hasSize(2);
    assertThat(drawn.paths("class", Marker.of(0).strokeClass())).hasSize(2);
  }

  @Test
  void linesToCompareWithHaveTheirNamesInside() throws Exception {
    Figure figure =
        new SeedPlot(
                "n",
                "t",
                "words",
                "accuracy",
                List.of(row("a", 1, 0.80, 0.82, 0.86), row("b", 2, 0.81, 0.83, 0.85)),
                SeedPlot.Dots.PAIRS,
                List.of(
                    new ReferenceLine("bag of words", 0.79),
                    new ReferenceLine("near it", 0.791),
                    new ReferenceLine("majority guess", 0.5)))
            .draw();
    assertThat(figure.note()).isEqualTo("Outside the picture: majority guess.");
    assertThat(new Drawn(figure).texts()).contains("bag of words", "near it");
    IntervalPlotTest.textsApart(figure);
  }

  @Test
  void seedsThatAreNoNumbersAreRefused() {
    assertThatThrownBy(() -> seed("7", Double.NaN)).hasMessageContaining("seed '7' is NaN");
    assertThatThrownBy(() -> row("a", 0)).hasMessageContaining("row 'a' has no seeds");
    assertThatThrownBy(() -> plot(true)).hasMessageContaining("no rows");
  }

  private static List<double[]> dots(Drawn drawn, int series) {
    return drawn.paths("class", Marker.of(series).cssClass()).stream().map(Drawn::shift).toList();
  }

  /** The legend shows one as well, level, over 20 units. */
  private static List<Element> joins(Drawn drawn) {
    return drawn.paths("stroke-opacity", "0.55").stream()
        .filter(e -> Drawn.corners(e).get(0)[1] != Drawn.corners(e).get(1)[1])
        .toList();
  }

  private static Figure plot(boolean pairs, SeedPlot.Row... rows) {
    return plot(pairs ? SeedPlot.Dots.PAIRS : SeedPlot.Dots.SEEDS, rows);
  }

  private static Figure plot(SeedPlot.Dots dots, SeedPlot.Row... rows) {
    return new SeedPlot("n", "t", "words", "accuracy", List.of(rows), dots, List.of()).draw();
  }

  private static SeedPlot.Row row(String label, int series, double... values) {
    List<SeedPlot.Seed> seeds = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      seeds.add(seed(Integer.toString(i), values[i]));
    }
    return new SeedPlot.Row(label, series, seeds, label);
  }

  private static SeedPlot.Seed seed(String key, double value) {
    return new SeedPlot.Seed(key, value);
  }
}
