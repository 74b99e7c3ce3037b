package albert.reports.figure;

import java.util.Locale;

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
 */
public record ScatterPoint(
    String label, int series, double x, double xError, double y, double yError, String tooltip) {
  public ScatterPoint {
    if (!Double.isFinite(x) || !Double.isFinite(y) || !(xError >= 0) || !(yError >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "point '%s' is at (%s ± %s, %s ± %s), allowed are finite numbers",
              label,
              x,
              xError,
              y,
              yError));
    }
  }
}
