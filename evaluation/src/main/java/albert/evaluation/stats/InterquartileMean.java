package albert.evaluation.stats;

import java.util.Arrays;

/**
 * The mean of the middle half of a sample. Where a quarter is no whole number of figures, the
 * outermost figures of the middle half count in part: of 1, 2, 3, 4, 5 these are 3/4 of 2, 3 and
 * 3/4 of 4.
 *
 * <h2>Differs from the paper</h2>
 *
 * Agarwal et al. (arXiv 2108.13264, section 4.3; {@code rliable}) drop the whole part of a quarter
 * at each end. It is the same where the number of figures is a multiple of four; elsewhere theirs
 * is of less than a quarter, and its value moves with the number of runs.
 */
public final class InterquartileMean {
  private InterquartileMean() {}

  /**
   * The mean of the middle half.
   *
   * @throws IllegalArgumentException if the sample is empty or not finite
   */
  public static double of(double[] sample) {
    double[] sorted = Samples.requireFinite(sample).clone();
    Arrays.sort(sorted);
    return ofSorted(sorted);
  }

  static double ofSorted(double[] sorted) {
    double quarter = sorted.length / 4.0;
    double sum = 0;
    for (int i = (int) quarter; i < sorted.length - (int) quarter; i++) {
      double from = Math.max(i, quarter);
      double to = Math.min(i + 1.0, sorted.length - quarter);
      sum += (to - from) * sorted[i];
    }
    return sum / (sorted.length - 2 * quarter);
  }
}
