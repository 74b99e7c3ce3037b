package albert.evaluation.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Student's t test of two samples, two-sided.
 *
 * @param meanDifference mean of a minus mean of b
 * @param t statistic; NaN if undefined, which it is without variance
 * @param df degrees of freedom; NaN if undefined
 * @param p probability of a t at least as far from 0; NaN if undefined
 */
public record TTest(double meanDifference, double t, double df, double p) {

  /**
   * The test of the differences a - b. Undefined for fewer than two pairs and where all differences
   * are equal.
   *
   * @throws IllegalArgumentException if the lengths differ or the samples are empty or not finite
   */
  public static TTest paired(double[] a, double[] b) {
    double[] differences = Samples.differences(a, b);
    double mean = Samples.mean(differences);
    double df = differences.length - 1.0;
    if (Samples.constant(differences)) {
      return new TTest(mean, Double.NaN, df, Double.NaN);
    }
    double t = mean / (Samples.standardDeviation(differences) / Math.sqrt(differences.length));
    return new TTest(mean, t, df, twoSided(t, df));
  }

  /**
   * Welch's test: independent samples with unequal variances. Undefined where a side has fewer than
   * two figures or both sides have no variance.
   *
   * @throws IllegalArgumentException if a sample is empty or not finite
   */
  public static TTest welch(double[] a, double[] b) {
    double difference =
        Samples.mean(Samples.requireFinite(a)) - Samples.mean(Samples.requireFinite(b));
    if (a.length < 2 || b.length < 2 || (Samples.constant(a) && Samples.constant(b))) {
      return new TTest(difference, Double.NaN, Double.NaN, Double.NaN);
    }
    double va = Math.pow(Samples.standardDeviation(a), 2) / a.length;
    double vb = Math.pow(Samples.standardDeviation(b), 2) / b.length;
    double t = difference / Math.sqrt(va + vb);
    double df = Math.pow(va + vb, 2) / (va * va / (a.length - 1) + vb * vb / (b.length - 1));
    return new TTest(difference, t, df, twoSided(t, df));
  }

  /** Probability of a t with at least this absolute value. */
  static double twoSided(double t, double df) {
    return Math.min(1, 2 * TDistribution.of(df).survivalProbability(Math.abs(t)));
  }
}
