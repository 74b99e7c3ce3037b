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
    MeanEstimate mean = MeanEstimate.of(Samples.differences(a, b));
    return of(MeanContrast.of(mean), a.length - 1.0);
  }

  /**
   * Welch's test: independent samples with unequal variances. Undefined where a side has fewer than
   * two figures or both sides have no variance.
   *
   * @throws IllegalArgumentException if a sample is empty or not finite
   */
  public static TTest welch(double[] a, double[] b) {
    return of(MeanContrast.difference(MeanEstimate.of(a), MeanEstimate.of(b)), Double.NaN);
  }

  /** The test of a model, or what is known of one that is undefined. */
  private static TTest of(MeanContrast model, double dfOtherwise) {
    return model.defined()
        ? new TTest(
            model.estimate(), model.estimate() / model.standardError(), model.df(), model.p())
        : new TTest(model.estimate(), Double.NaN, dfOtherwise, Double.NaN);
  }

  /** Probability of a t with at least this absolute value. */
  static double twoSided(double t, double df) {
    return Math.min(1, 2 * TDistribution.of(df).survivalProbability(Math.abs(t)));
  }
}
