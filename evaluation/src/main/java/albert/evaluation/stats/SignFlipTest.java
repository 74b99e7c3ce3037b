package albert.evaluation.stats;

import java.util.Arrays;

/**
 * Exact permutation test of paired samples: all 2ⁿ sign changes of the differences, the observed
 * one among them, extreme by the absolute sum. For differences 1, 2, 3: two of eight are as
 * extreme, p 0.25.
 *
 * @param meanDifference mean of a - b
 * @param atLeastAsExtreme sign changes with at least the observed absolute sum
 * @param arrangements all sign changes, 2ⁿ
 */
public record SignFlipTest(double meanDifference, long atLeastAsExtreme, long arrangements) {
  /** More pairs than this would take minutes. */
  public static final int MAX_PAIRS = 26;

  /** Sums of decimals that are equal on paper differ by rounding in binary. */
  private static final double SLACK = 1e-12;

  /**
   * Counts all sign changes.
   *
   * @throws IllegalArgumentException if the lengths differ, the samples are empty or not finite, or
   *     there are more than {@link #MAX_PAIRS} pairs
   */
  public static SignFlipTest of(double[] a, double[] b) {
    double[] differences = Samples.differences(a, b);
    if (differences.length > MAX_PAIRS) {
      throw new IllegalArgumentException(
          differences.length + " pairs are too many for all sign changes, at most " + MAX_PAIRS);
    }
    double total = Arrays.stream(differences).map(Math::abs).sum();
    double observed = Math.abs(Arrays.stream(differences).sum());
    double threshold = observed - SLACK * Math.max(1, total);
    // a sign change and its opposite are equally extreme: the first sign stays
    long half = count(differences, 1, differences[0], threshold);
    return new SignFlipTest(Samples.mean(differences), 2 * half, 1L << differences.length);
  }

  /** Share of the sign changes that are at least as extreme. */
  public double p() {
    return (double) atLeastAsExtreme / arrangements;
  }

  private static long count(double[] differences, int next, double sum, double threshold) {
    if (next == differences.length) {
      return Math.abs(sum) >= threshold ? 1 : 0;
    }
    return count(differences, next + 1, sum + differences[next], threshold)
        + count(differences, next + 1, sum - differences[next], threshold);
  }
}
