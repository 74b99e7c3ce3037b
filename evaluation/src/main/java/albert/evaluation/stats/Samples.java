package albert.evaluation.stats;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/** What several procedures ask of their samples. */
final class Samples {
  /** Units in the last place that a difference of two rounded figures may be off. */
  private static final int ROUNDING = 8;

  private Samples() {}

  /** The sample, if it is not empty and every figure is finite. */
  static double[] requireFinite(double[] sample) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("the sample is empty, at least one figure is needed");
    }
    for (int i = 0; i < sample.length; i++) {
      if (!Double.isFinite(sample[i])) {
        throw new IllegalArgumentException(
            "figure " + i + " of the sample is " + sample[i] + ", allowed are finite numbers");
      }
    }
    return sample;
  }

  /**
   * The differences a - b. Those that are all equal but for the rounding of the figures are made
   * equal: 0.5 - 0.4 and 0.4 - 0.3 are one difference and have no spread.
   */
  static double[] differences(double[] a, double[] b) {
    requireSameLength(a, b);
    double[] differences = new double[a.length];
    Arrays.setAll(differences, i -> a[i] - b[i]);
    return withoutRounding(differences, Math.max(largest(a), largest(b)));
  }

  /**
   * Sums of figures as large as {@code largest}; those that are all equal but for rounding are made
   * equal.
   */
  static double[] withoutRounding(double[] sums, double largest) {
    requireFinite(sums);
    double low = Arrays.stream(sums).min().getAsDouble();
    double high = Arrays.stream(sums).max().getAsDouble();
    if (high - low <= ROUNDING * Math.ulp(largest)) {
      Arrays.fill(sums, sums[0]);
    }
    return sums;
  }

  private static double largest(double[] sample) {
    return Arrays.stream(sample).map(Math::abs).max().getAsDouble();
  }

  static void requireSameLength(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "paired samples have %d and %d figures", a.length, b.length));
    }
  }

  static boolean constant(double[] sample) {
    return Arrays.stream(sample).allMatch(x -> x == sample[0]);
  }

  /** The mean; exactly the figure itself if all are equal. */
  static double mean(double[] sample) {
    return constant(sample) ? sample[0] : Mean.of(sample).getAsDouble();
  }

  /** Divisor n - 1; exactly 0 if all figures are equal; NaN for one figure. */
  static double standardDeviation(double[] sample) {
    if (sample.length < 2) {
      return Double.NaN;
    }
    return constant(sample) ? 0 : StandardDeviation.of(sample).getAsDouble();
  }
}
