package albert.experiments.bench;

import albert.experiments.training.finetuning.ProcessMemory;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Times a {@link Workload} in this process: some units that are not counted, then as many as fit
 * into the time, at least a few.
 *
 * @param warmups units not counted
 * @param seconds how long it measures
 * @param minimum units that are measured at least
 */
public record ThroughputProbe(int warmups, double seconds, int minimum) {

  /**
   * What was measured.
   *
   * @param medianMs wall-clock milliseconds of a unit
   * @param p90Ms nine of ten units took at most this
   * @param tokensPerSecond tokens by the median
   * @param peakRssMb highest resident memory of the process in MB (10⁶ bytes)
   * @param precision of the matrix products
   * @param device where it ran
   * @param gflopsPerSecond floating-point operations of the matrix products by the median
   * @param threads threads that TensorFlow used
   * @param repeats units measured
   */
  public record Measurement(
      double medianMs,
      double p90Ms,
      double tokensPerSecond,
      @Nullable Double peakRssMb,
      String precision,
      String device,
      double gflopsPerSecond,
      int threads,
      int repeats) {}

  /**
   * Measures.
   *
   * @param tokens tokens in one unit
   */
  public Measurement measure(Workload workload, int tokens) {
    for (int i = 0; i < warmups; i++) {
      workload.run();
    }
    long end = System.nanoTime() + (long) (seconds * 1e9);
    double[] millis = new double[minimum];
    int count = 0;
    while (count < minimum || System.nanoTime() < end) {
      if (count == millis.length) {
        millis = Arrays.copyOf(millis, 2 * count);
      }
      long begun = System.nanoTime();
      workload.run();
      millis[count++] = (System.nanoTime() - begun) * 1e-6;
    }
    double[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    double median = quantile(sorted, 0.5);
    return new Measurement(
        median,
        quantile(sorted, 0.9),
        tokens / median * 1e3,
        ProcessMemory.peakMb(),
        workload.runtime().precision().name().toLowerCase(Locale.ROOT),
        workload.runtime().device().name().toLowerCase(Locale.ROOT),
        workload.flops() / median * 1e-6,
        workload.runtime().threads(),
        count);
  }

  /** The quantile between order statistics, interpolated linearly (numpy's default). */
  static double quantile(double[] sorted, double q) {
    double place = q * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
