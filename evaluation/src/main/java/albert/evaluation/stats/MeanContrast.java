package albert.evaluation.stats;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A weighted sum of means, such as the difference of two. Its test, interval and posterior all come
 * from this one model. For weights 1 and -1 it is Welch's test (Biometrika 34, 1947): independent
 * samples, unequal variances, the degrees of freedom by Satterthwaite (Biometrics Bulletin 2,
 * 1946).
 *
 * @param estimate the sum
 * @param standardError of the estimate; 0 without spread, NaN where a mean has no variance
 * @param df degrees of freedom; NaN where the standard error is 0 or NaN
 */
public record MeanContrast(double estimate, double standardError, double df) {

  /**
   * The contrast of independent means.
   *
   * @param weights one a mean
   */
  public static MeanContrast of(double[] weights, List<MeanEstimate> means) {
    if (weights.length != means.size()) {
      throw new IllegalArgumentException(
          Arrays.toString(weights) + " are the weights of " + means.size() + " means");
    }
    double estimate = 0;
    double variance = 0;
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      MeanEstimate mean = means.get(i);
      double part = weights[i] * weights[i] * mean.variance();
      estimate += weights[i] * mean.mean();
      variance += part;
      squares += part == 0 ? 0 : part * part / mean.df();
    }
    double df = variance > 0 ? variance * variance / squares : Double.NaN;
    return new MeanContrast(estimate, Math.sqrt(variance), df);
  }

  /** The first mean minus the second. */
  public static MeanContrast difference(MeanEstimate first, MeanEstimate second) {
    return of(new double[] {1, -1}, List.of(first, second));
  }

  /** A mean by itself: of differences of pairs, Student's test of the pairs. */
  public static MeanContrast of(MeanEstimate mean) {
    return of(new double[] {1}, List.of(mean));
  }

  /** Whether there is a spread to judge it by. */
  public boolean defined() {
    return standardError > 0 && df > 0;
  }

  /** Two-sided p of the hypothesis that it is 0; NaN if undefined. */
  public double p() {
    return defined() ? TTest.twoSided(estimate / standardError, df) : Double.NaN;
  }

  /** One-sided p of the hypothesis that it is at most a bound; NaN if undefined. */
  public double pAtMost(double bound) {
    return defined()
        ? TDistribution.of(df).survivalProbability((estimate - bound) / standardError)
        : Double.NaN;
  }

  /** Posterior probability that it is above a bound, with a flat prior; NaN if undefined. */
  double pAbove(double bound) {
    return defined()
        ? TDistribution.of(df).cumulativeProbability((estimate - bound) / standardError)
        : Double.NaN;
  }

  /** The interval of confidence; undefined if the contrast is. */
  public Interval interval(double level) {
    if (!defined()) {
      return Interval.UNDEFINED;
    }
    double half = TDistribution.of(df).inverseSurvivalProbability((1 - level) / 2) * standardError;
    return new Interval(estimate - half, estimate + half);
  }

  /** This contrast the other way round. */
  public MeanContrast negated() {
    return new MeanContrast(-estimate, standardError, df);
  }
}
