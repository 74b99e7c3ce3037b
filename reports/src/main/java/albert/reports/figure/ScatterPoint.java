package albert.reports.figure;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A mark in a {@link ScatterPlot}.
 *
 * @param label its name
 * @param series number of its look: marks of one series look the same in all figures
 * @param x finite; positive on a logarithmic axis
 * @param xError half length of its horizontal bar; 0 for none
 * @param y finite
 * @param yError half length of its vertical bar; 0 for none
 * @param tooltip what it stands for in words
 * @param values what y is the mean of, finite: drawn as small dots instead of the vertical bar;
 *     empty for the bar
 */
public record ScatterPoint(
    String label,
    int series,
    double x,
    double xError,
    double y,
    double yError,
    String tooltip,
    List<Double> values) {
  public ScatterPoint {
    values = List.copyOf(values);
    boolean finite = values.stream().allMatch(Double::isFinite);
    if (!finite || !Double.isFinite(x) || !Double.isFinite(y) || !(xError >= 0 && yError >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "point '%s' is at (%s ± %s, %s ± %s), values %s, allowed are finite numbers",
              label,
              x,
              xError,
              y,
              yError,
              values));
    }
  }

  /** A mark with bars. */
  public ScatterPoint(
      String label, int series, double x, double xError, double y, double yError, String tooltip) {
    this(label, series, x, xError, y, yError, tooltip, List.of());
  }

  /** How far it reaches up and down. */
  DoubleStream heights() {
    return values.isEmpty()
        ? DoubleStream.of(y - yError, y + yError)
        : DoubleStream.concat(DoubleStream.of(y), values.stream().mapToDouble(Double::doubleValue));
  }
}
