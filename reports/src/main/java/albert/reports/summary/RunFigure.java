package albert.reports.summary;

import albert.evaluation.record.ModelSize;
import albert.evaluation.record.RunRecord;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A figure of a single run besides its scores; null where the run does not have it. */
public enum RunFigure {
  /** Parameters of encoder and pooler. */
  PARAMETERS(run -> size(run, ModelSize::encoderParameters)),
  /** Parameters with the heads. */
  TOTAL_PARAMETERS(run -> size(run, ModelSize::totalParameters)),
  /** Bytes of the saved weights. */
  DISK_BYTES(run -> size(run, ModelSize::diskBytes)),
  /** Operations of a forward pass for each token. */
  FLOPS_PER_TOKEN(run -> size(run, ModelSize::flopsPerToken)),
  /** Speed of training. */
  TRAIN_TOKENS_PER_SECOND(run -> run.performance().trainTokensPerSecond()),
  /** Speed of inference. */
  INFERENCE_TOKENS_PER_SECOND(run -> run.performance().inferenceTokensPerSecond()),
  /** Highest resident memory, in MB. */
  PEAK_RSS_MB(run -> run.performance().peakRssMb()),
  /** Seconds of training. */
  TRAIN_SECONDS(run -> run.timings().trainSeconds()),
  /** Seconds of evaluation. */
  EVALUATION_SECONDS(run -> run.timings().evaluationSeconds());

  private final Function<RunRecord, @Nullable Number> figure;

  RunFigure(Function<RunRecord, @Nullable Number> figure) {
    this.figure = figure;
  }

  /** The name in tables that programs read. */
  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The figure of a run. */
  public @Nullable Number of(RunRecord run) {
    return figure.apply(run);
  }

  private static @Nullable Number size(
      RunRecord run, Function<ModelSize, @Nullable Number> component) {
    ModelSize size = run.size();
    return size == null ? null : component.apply(size);
  }
}
