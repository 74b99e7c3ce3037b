package albert.evaluation.stats;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/** What several procedures ask of their samples. */
final class Samples {
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

  static double[] differences(double[] a, double[] b) {
    requireSameLength(a, b);
    double[] differences = new double[a.length];
    Arrays.setAll(differences, i -> a[i] - b[i]);
    return requireFinite(differences);
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
