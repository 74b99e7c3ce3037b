package albert.experiments.run;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RunId;
import albert.evaluation.record.StudyIndex;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.evaluation.EncodedTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A planned run with what it reads.
 *
 * @param run what is planned
 * @param id its name in the store
 * @param task its data
 * @param checkpoint what it, or its pretraining, starts from; null from scratch
 * @param inputs what it reads: the data, the checkpoint, the texts of a pretraining
 * @param steps its training steps
 */
public record RunJob(
    PlannedRun run,
    String id,
    EncodedTask task,
    @Nullable PretrainedModel checkpoint,
    List<DataFingerprint> inputs,
    long steps) {
  /** Raised when the same configuration, seeds and data would give other results. */
  private static final int RESULTS_VERSION = 5;

  /** A planned run with the name that what it reads gives it. */
  public static RunJob of(PlannedRun run, EncodedTask task, RunEnvironment settings) {
    List<DataFingerprint> inputs = inputs(run.config(), task.fingerprint(), settings);
    return new RunJob(
        run,
        runId(run, inputs),
        task,
        checkpoint(run.config(), settings),
        inputs,
        run.config().training().steps(task.trainSize()));
  }

  private static @Nullable PretrainedModel checkpoint(RunConfig config, RunEnvironment settings) {
    return config.start().isModel() ? settings.models().get(config.start().name()) : null;
  }

  /** What a run of a configuration reads. */
  static List<DataFingerprint> inputs(
      RunConfig config, DataFingerprint data, RunEnvironment settings) {
    List<DataFingerprint> inputs = new ArrayList<>(List.of(data));
    PretrainedModel checkpoint = checkpoint(config, settings);
    if (checkpoint != null) {
      inputs.addAll(checkpoint.fingerprints());
    }
    if (config.pretraining() != null) {
      inputs.addAll(settings.pretraining().inputs(config));
    }
    return inputs;
  }

  private static String runId(PlannedRun run, List<DataFingerprint> inputs) {
    return RunId.of(
        run.config().identity(), run.seeds().init(), run.seeds().data(), inputs, RESULTS_VERSION);
  }

  /** Its line in the study's plan. */
  public StudyIndex.Entry entry() {
    return new StudyIndex.Entry(id, run.label(), run.seeds().init(), run.seeds().data(), steps);
  }
}
