package albert.evaluation.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * Wilcoxon's signed-rank test of paired samples, two-sided. Zero differences are dropped.
 *
 * @param statistic the smaller of the sums of positive and of negative ranks
 * @param n differences that are not 0
 * @param z normal deviate, never positive; NaN in the exact test and where n is 0
 * @param p probability of a statistic at least as small; NaN where the normal test has n = 0
 */
public record WilcoxonTest(double statistic, int n, double z, double p) {

  /**
   * The exact distribution over all 2ⁿ signs.
   *
   * @throws IllegalArgumentException if there are ties or zeros: use {@link #normal}
   */
  public static WilcoxonTest exact(double[] a, double[] b) {
    double[] differences = Samples.differences(a, b);
    double[] sizes = Arrays.stream(differences).map(Math::abs).sorted().toArray();
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 0 || (i > 0 && sizes[i] == sizes[i - 1])) {
        throw new IllegalArgumentException(
            "differences have ties or zeros: the exact test needs neither, the normal one allows both");
      }
    }
    double statistic = statistic(differences, ranks(differences));
    return new WilcoxonTest(
        statistic,
        differences.length,
        Double.NaN,
        Math.min(1, 2 * lowerTail(differences.length, (int) statistic)));
  }

  /**
   * The normal approximation with the variance corrected for ties.
   *
   * @param continuityCorrection whether the statistic moves by 1/2 towards its mean
   */
  public static WilcoxonTest normal(double[] a, double[] b, boolean continuityCorrection) {
    double[] differences = Arrays.stream(Samples.differences(a, b)).filter(d -> d != 0).toArray();
    int n = differences.length;
    if (n == 0) {
      return new WilcoxonTest(0, 0, Double.NaN, Double.NaN);
    }
    double[] ranks = ranks(differences);
    double statistic = statistic(differences, ranks);
    double distance = n * (n + 1.0) / 4 - statistic;
    if (continuityCorrection && distance > 0) {
      distance -= 0.5;
    }
    double variance = (n * (n + 1.0) * (2.0 * n + 1) - tieTerm(ranks) / 2) / 24;
    double z = -Math.max(0, distance) / Math.sqrt(variance);
    double p = 2 * NormalDistribution.of(0, 1).cumulativeProbability(z);
    return new WilcoxonTest(statistic, n, z, Math.min(1, p));
  }

  private static double[] ranks(double[] differences) {
    return new NaturalRanking().apply(Arrays.stream(differences).map(Math::abs).toArray());
  }

  private static double statistic(double[] differences, double[] ranks) {
    double positive = 0;
    double negative = 0;
    for (int i = 0; i < differences.length; i++) {
      if (differences[i] > 0) {
        positive += ranks[i];
      } else {
        negative += ranks[i];
      }
    }
    return Math.min(positive, negative);
  }

  /** Sum of t³ - t over the groups of t tied ranks. */
  private static double tieTerm(double[] ranks) {
    double[] sorted = ranks.clone();
    Arrays.sort(sorted);
    double sum = 0;
    int begin = 0;
    for (int end = 1; end <= sorted.length; end++) {
      if (end == sorted.length || sorted[end] != sorted[begin]) {
        double tied = end - begin;
        sum += tied * tied * tied - tied;
        begin = end;
      }
    }
    return sum;
  }

  /** Share of the 2ⁿ signs whose positive ranks sum to at most the statistic. */
  private static double lowerTail(int n, int statistic) {
    double[] share = new double[statistic + 1];
    share[0] = 1;
    for (int rank = 1; rank <= n; rank++) {
      for (int sum = statistic; sum >= 0; sum--) {
        share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2;
      }
    }
    return Arrays.stream(share).sum();
  }
}
