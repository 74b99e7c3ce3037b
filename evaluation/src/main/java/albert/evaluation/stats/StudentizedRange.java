package albert.evaluation.stats;

import albert.evaluation.Require;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The distribution of the range of k independent standard normal figures: the studentized range
 * with infinite degrees of freedom. P(range &lt; q) = k ∫ φ(z) (Φ(z) - Φ(z - q))^(k-1) dz, by
 * Simpson's rule.
 */
final class StudentizedRange {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Beyond this many standard deviations the density is below 1e-15. */
  private static final double END = 8.5;

  /** Even, as Simpson's rule asks. */
  private static final int STEPS = 2_000;

  private static final double PRECISION = 1e-10;

  private StudentizedRange() {}

  /** The probability that the range of k figures is below q. */
  static double cumulative(double q, int k) {
    double step = 2 * END / STEPS;
    double sum = 0;
    for (int i = 0; i <= STEPS; i++) {
      double z = -END + i * step;
      double weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
      double between = NORMAL.cumulativeProbability(z) - NORMAL.cumulativeProbability(z - q);
      sum += weight * NORMAL.density(z) * Math.pow(between, k - 1);
    }
    return k * sum * step / 3;
  }

  /** The range that k figures exceed with probability alpha, by halving. */
  static double critical(double alpha, int k) {
    Require.atLeast("figures", k, 2);
    double low = 0;
    double high = 1;
    while (cumulative(high, k) < 1 - alpha) {
      high *= 2;
    }
    while (high - low > PRECISION) {
      double middle = (low + high) / 2;
      if (cumulative(middle, k) < 1 - alpha) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
