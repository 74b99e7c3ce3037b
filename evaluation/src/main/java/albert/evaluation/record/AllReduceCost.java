package albert.evaluation.record;

import albert.evaluation.Require;
import java.util.Locale;

/**
 * What it takes to sum the gradients of several devices up.
 *
 * @param bytes that each device gives to the sum of an update, counted from the shapes of the
 *     weights that are trained: 4 each
 * @param medianMs time of such an all-reduce alone, in milliseconds, measured on vectors of that
 *     size
 */
public record AllReduceCost(long bytes, double medianMs) {
  public AllReduceCost {
    Require.atLeast("bytes", bytes, 1);
    if (!(medianMs > 0 && Double.isFinite(medianMs))) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "median_ms is %s, allowed are positive numbers", medianMs));
    }
  }
}
