package albert.evaluation.record;

import albert.evaluation.Require;
import org.jspecify.annotations.Nullable;

/**
 * How fast a run was and what it needed; null where not measured.
 *
 * @param trainTokensPerSecond tokens without padding, by wall-clock time
 * @param inferenceTokensPerSecond tokens without padding, by wall-clock time
 * @param peakRssMb highest resident memory of the process in MB (10⁶ bytes)
 * @param latency of a forward pass of one sequence
 * @param allReduce of a training on several devices
 */
public record Performance(
    @Nullable Double trainTokensPerSecond,
    @Nullable Double inferenceTokensPerSecond,
    @Nullable Double peakRssMb,
    @AddedLater @Nullable Latency latency,
    @AddedLater @Nullable AllReduceCost allReduce) {
  /** Nothing measured. */
  public static final Performance NOT_MEASURED = new Performance(null, null, null);

  public Performance {
    Require.notNegative("train_tokens_per_second", trainTokensPerSecond);
    Require.notNegative("inference_tokens_per_second", inferenceTokensPerSecond);
    Require.notNegative("peak_rss_mb", peakRssMb);
  }

  /** On one device. */
  public Performance(
      @Nullable Double trainTokensPerSecond,
      @Nullable Double inferenceTokensPerSecond,
      @Nullable Double peakRssMb,
      @Nullable Latency latency) {
    this(trainTokensPerSecond, inferenceTokensPerSecond, peakRssMb, latency, null);
  }

  /** Without a latency. */
  public Performance(
      @Nullable Double trainTokensPerSecond,
      @Nullable Double inferenceTokensPerSecond,
      @Nullable Double peakRssMb) {
    this(trainTokensPerSecond, inferenceTokensPerSecond, peakRssMb, null);
  }
}
