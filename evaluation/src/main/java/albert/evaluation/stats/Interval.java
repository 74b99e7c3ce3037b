package albert.evaluation.stats;

import albert.evaluation.Require;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * An interval of confidence.
 *
 * @param low lower end; NaN if undefined
 * @param high upper end; NaN if undefined
 */
public record Interval(double low, double high) {
  /** Where there is none. */
  public static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

  /** Whether there is one. */
  public boolean defined() {
    return !Double.isNaN(low) && !Double.isNaN(high);
  }

  /**
   * Student's interval of the mean, mean ± t s/√n with the (1 + level)/2 quantile of n - 1 degrees
   * of freedom. For 1, 2, 3 at 0.95: 2 ± 2.48414. Undefined for one figure; the mean alone if all
   * figures are equal.
   */
  public static Interval student(double[] sample, double level) {
    double half = studentHalfWidth(sample, level);
    double mean = Samples.mean(sample);
    return new Interval(mean - half, mean + half);
  }

  /**
   * Half the width of {@link #student}, exact also where it is far smaller than the mean; NaN for
   * one figure.
   */
  public static double studentHalfWidth(double[] sample, double level) {
    Samples.requireFinite(sample);
    requireLevel(level);
    if (sample.length < 2) {
      return Double.NaN;
    }
    double t = TDistribution.of(sample.length - 1).inverseSurvivalProbability((1 - level) / 2);
    return t * Samples.standardDeviation(sample) / Math.sqrt(sample.length);
  }

  /**
   * Percentile bootstrap: the statistic of resamples with replacement, cut at (1 ± level)/2.
   *
   * @param sample figures to draw from
   * @param statistic figure of a resample, which it may reorder
   * @param level between 0 and 1
   * @param replicates number of resamples
   * @param random where the draws come from
   */
  public static Interval bootstrap(
      double[] sample,
      ToDoubleFunction<double[]> statistic,
      double level,
      int replicates,
      RandomGenerator random) {
    Samples.requireFinite(sample);
    requireLevel(level);
    Require.atLeast("replicates", replicates, 1);
    double[] statistics = new double[replicates];
    double[] resample = new double[sample.length];
    for (int r = 0; r < replicates; r++) {
      Arrays.setAll(resample, i -> sample[random.nextInt(sample.length)]);
      statistics[r] = statistic.applyAsDouble(resample);
    }
    return percentiles(statistics, level);
  }

  static Interval percentiles(double[] replicates, double level) {
    if (Arrays.stream(replicates).anyMatch(Double::isNaN)) {
      return UNDEFINED;
    }
    double[] ends = SampleDescription.quantiles(replicates, (1 - level) / 2, 1 - (1 - level) / 2);
    return new Interval(ends[0], ends[1]);
  }

  private static void requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level is " + level + ", allowed is between 0 and 1");
    }
  }
}
