package albert.evaluation.record;

import albert.evaluation.Require;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a run was, and how long its parts took.
 *
 * @param started the first start; going on after an interruption does not change it
 * @param finished null while the run is not over
 * @param trainSeconds wall-clock seconds of training steps, all parts of an interrupted run added;
 *     null where not measured
 * @param evaluationSeconds wall-clock seconds of evaluation; null where not measured
 * @param stages how long each stage took, in the order in which they were begun; what the run
 *     shares with others is that of the run that made it; empty where not measured
 * @param skippedSteps training steps that changed no weight, since gradients overflowed in float16;
 *     null in any other precision
 */
public record Timings(
    Instant started,
    @Nullable Instant finished,
    @Nullable Double trainSeconds,
    @Nullable Double evaluationSeconds,
    @AddedLater @Nullable List<StageSeconds> stages,
    @AddedLater @Nullable Long skippedSteps) {
  public Timings {
    Require.present("started", started);
    if (finished != null && finished.isBefore(started)) {
      throw new IllegalArgumentException("finished " + finished + " is before started " + started);
    }
    Require.notNegative("train_seconds", trainSeconds);
    Require.notNegative("evaluation_seconds", evaluationSeconds);
    Require.notNegative("skipped_steps", skippedSteps);
    stages = stages == null ? List.of() : List.copyOf(stages);
  }

  /** Without stages and skipped steps. */
  public Timings(
      Instant started,
      @Nullable Instant finished,
      @Nullable Double trainSeconds,
      @Nullable Double evaluationSeconds) {
    this(started, finished, trainSeconds, evaluationSeconds, List.of(), null);
  }

  /** How long each stage took; empty where not measured. */
  @Override
  public List<StageSeconds> stages() {
    return stages == null ? List.of() : stages;
  }

  /** A run that begins now. */
  public static Timings startedAt(Instant now) {
    return new Timings(now, null, null, null);
  }
}
