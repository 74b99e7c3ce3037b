package albert.evaluation.stats;

import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/**
 * A sample in a few figures. For 1, 2, 3, 4: mean 2.5, standard deviation 1.29099, quartiles 1.75
 * and 3.25.
 *
 * @param n number of figures
 * @param mean arithmetic mean
 * @param standardDeviation with divisor n - 1; NaN for one figure
 * @param median middle figure, or the mean of the two
 * @param q1 first quartile by linear interpolation (Hyndman and Fan's type 7)
 * @param q3 third quartile, likewise
 */
public record SampleDescription(
    int n, double mean, double standardDeviation, double median, double q1, double q3) {

  /**
   * Describes a sample.
   *
   * @throws IllegalArgumentException if it is empty or not finite
   */
  public static SampleDescription of(double[] sample) {
    Samples.requireFinite(sample);
    double[] quartiles = quantiles(sample, 0.25, 0.5, 0.75);
    return new SampleDescription(
        sample.length,
        Samples.mean(sample),
        Samples.standardDeviation(sample),
        quartiles[1],
        quartiles[0],
        quartiles[2]);
  }

  /** Distance of the quartiles. */
  public double interquartileRange() {
    return q3 - q1;
  }

  /** Quantiles by linear interpolation (type 7). */
  static double[] quantiles(double[] sample, double... probabilities) {
    return Quantile.withDefaults()
        .with(EstimationMethod.HF7)
        .evaluate(sample.clone(), probabilities);
  }
}
