package albert.reports.output;

import albert.reports.benchmark.BenchAxis;
import albert.reports.benchmark.BenchCase;
import albert.reports.benchmark.BenchComparison;
import albert.reports.benchmark.BenchPoint;
import albert.reports.figure.Figure;
import albert.reports.figure.LinePlot;
import albert.reports.figure.ScatterPlot;
import albert.reports.summary.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two figures for each axis of a sweep, time and memory, with the other file's curves in them. */
final class BenchFigures {
  private BenchFigures() {}

  /** What is drawn over an axis. */
  private enum Quantity {
    TIME("median (ms)") {
      @Override
      @Nullable Double of(BenchPoint point) {
        return point.medianMs();
      }
    },
    MEMORY("peak memory (MB)") {
      @Override
      @Nullable Double of(BenchPoint point) {
        return point.peakRssMb();
      }
    };

    private final String words;

    Quantity(String words) {
      this.words = words;
    }

    abstract @Nullable Double of(BenchPoint point);
  }

  static List<Figure> of(BenchComparison compared) {
    List<Figure> figures = new ArrayList<>();
    for (BenchAxis axis : BenchTables.axes(compared.own())) {
      for (Quantity quantity : Quantity.values()) {
        List<LinePlot.Curve> curves = curves(axis, quantity, compared);
        if (!curves.isEmpty()) {
          figures.add(figure(axis, quantity, curves));
        }
      }
    }
    return figures;
  }

  private static Figure figure(BenchAxis axis, Quantity quantity, List<LinePlot.Curve> curves) {
    String what = quantity.name().toLowerCase(Locale.ROOT);
    return new LinePlot(
            what + "-" + axis.id(),
            quantity.words + " against " + axis.words(),
            curves.stream().map(BenchFigures::words).collect(Collectors.joining("; ", "", ".")),
            new ScatterPlot.AxisTitle(axis.words() + " (logarithmic)", true),
            new ScatterPlot.AxisTitle(quantity.words + ", logarithmic", true),
            curves)
        .draw();
  }

  private static List<LinePlot.Curve> curves(
      BenchAxis axis, Quantity quantity, BenchComparison compared) {
    BenchCase centre = compared.own().get(0).setting();
    List<LinePlot.Curve> curves = new ArrayList<>();
    for (List<BenchPoint> side : List.of(compared.own(), compared.other())) {
      List<LinePlot.Point> points =
          axis.curve(centre, side).stream()
              .filter(point -> quantity.of(point) != null)
              .map(
                  point ->
                      new LinePlot.Point(
                          (double) axis.value(point.setting()),
                          Objects.requireNonNull(quantity.of(point)),
                          0))
              .toList();
      if (points.size() > 1) {
        int series = side == compared.own() ? 0 : 1;
        curves.add(new LinePlot.Curve(side.get(0).program(), series, points));
      }
    }
    return curves;
  }

  private static String words(LinePlot.Curve curve) {
    return curve.label()
        + ": "
        + curve.points().stream()
            .map(p -> Numbers.whole(p.x()) + ": " + Numbers.fixed(p.y(), 1))
            .collect(Collectors.joining(", "));
  }
}
