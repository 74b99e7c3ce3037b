package albert.evaluation.stats;

import java.util.Arrays;
import java.util.Locale;

/**
 * Exact permutation test of two independent samples, two-sided: all ways to deal the pooled figures
 * into groups of the samples' sizes, the observed one among them, extreme by the absolute
 * difference of the means. For 1, 2 against 3, 4: two of six are as extreme, p 0.3333.
 *
 * @param meanDifference mean of a minus mean of b
 * @param atLeastAsExtreme deals with at least the observed absolute difference
 * @param arrangements all deals
 */
public record PermutationTest(double meanDifference, long atLeastAsExtreme, long arrangements) {
  /** More deals than this are not tried. */
  public static final long MAX_ARRANGEMENTS = 1_000_000;

  /** Sums of decimals that are equal on paper differ by rounding in binary. */
  private static final double SLACK = 1e-12;

  /**
   * Counts all deals.
   *
   * @throws IllegalArgumentException if a sample is empty or not finite, or there are more than
   *     {@link #MAX_ARRANGEMENTS} deals
   */
  public static PermutationTest of(double[] a, double[] b) {
    double difference =
        Samples.mean(Samples.requireFinite(a)) - Samples.mean(Samples.requireFinite(b));
    long deals = arrangements(a.length, b.length);
    if (deals > MAX_ARRANGEMENTS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d and %d figures have more than %d deals",
              a.length,
              b.length,
              MAX_ARRANGEMENTS));
    }
    double[] pooled = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, pooled, a.length, b.length);
    double scale = Arrays.stream(pooled).map(Math::abs).sum();
    Count count = new Count(pooled, a.length, Math.abs(difference) - SLACK * Math.max(1, scale));
    count.deal(0, 0, 0);
    return new PermutationTest(difference, count.extreme, deals);
  }

  /** Ways to deal, or more than {@link #MAX_ARRANGEMENTS}. */
  public static long arrangements(int a, int b) {
    double deals = 1;
    for (int i = 1; i <= Math.min(a, b); i++) {
      deals = deals * (Math.max(a, b) + i) / i;
    }
    return deals > MAX_ARRANGEMENTS ? MAX_ARRANGEMENTS + 1 : Math.round(deals);
  }

  /** Share of the deals that are at least as extreme. */
  public double p() {
    return (double) atLeastAsExtreme / arrangements;
  }

  private static final class Count {
    private final double[] pooled;
    private final int first;
    private final double total;
    private final double threshold;
    private long extreme;

    Count(double[] pooled, int first, double threshold) {
      this.pooled = pooled;
      this.first = first;
      this.threshold = threshold;
      total = Arrays.stream(pooled).sum();
    }

    void deal(int next, int taken, double sum) {
      if (taken == first) {
        double difference = sum / first - (total - sum) / (pooled.length - first);
        extreme += Math.abs(difference) >= threshold ? 1 : 0;
      } else if (pooled.length - next >= first - taken) {
        deal(next + 1, taken + 1, sum + pooled[next]);
        deal(next + 1, taken, sum);
      }
    }
  }
}
