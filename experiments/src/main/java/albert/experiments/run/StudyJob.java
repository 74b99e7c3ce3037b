package albert.experiments.run;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RunId;
import albert.evaluation.record.StudyIndex;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PlannedRun;
import albert.experiments.pretrained.PretrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A planned run with what it reads.
 *
 * @param run what is planned
 * @param id its name in the store
 * @param task its data
 * @param checkpoint what it starts from; null from scratch
 * @param steps its training steps
 */
record StudyJob(
    PlannedRun run, String id, EncodedTask task, @Nullable PretrainedModel checkpoint, long steps) {

  /**
   * Keys that do not change what a run is: how often it logs, what it runs on, and where its
   * checkpoint lies, whose weights count instead.
   */
  private static final List<String> NOT_IDENTITY =
      List.of("logging_steps", "threads", "device", ConfigKeys.MODEL);

  static StudyJob of(PlannedRun run, EncodedTask task, @Nullable PretrainedModel checkpoint) {
    return new StudyJob(
        run,
        runId(run, inputs(task, checkpoint)),
        task,
        checkpoint,
        FineTuning.steps(run.config().training(), task.train().size()));
  }

  private static List<DataFingerprint> inputs(
      EncodedTask task, @Nullable PretrainedModel checkpoint) {
    List<DataFingerprint> inputs = new ArrayList<>(List.of(task.fingerprint()));
    if (checkpoint != null) {
      inputs.addAll(checkpoint.fingerprints());
    }
    return inputs;
  }

  private static String runId(PlannedRun run, List<DataFingerprint> inputs) {
    Map<String, Object> identity = run.config().values();
    NOT_IDENTITY.forEach(identity::remove);
    return RunId.of(
        identity, run.seeds().init(), run.seeds().data(), inputs, StudyRunner.RESULTS_VERSION);
  }

  /** Whether a key does not change what a run is. */
  static boolean isNotIdentity(String key) {
    return NOT_IDENTITY.contains(key);
  }

  /** By name: the data may be millions of numbers, which are made when they are asked for. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StudyJob job && job.id.equals(id) && job.run.equals(run);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** What it reads: the data and, where it starts from one, the checkpoint. */
  List<DataFingerprint> inputs() {
    return inputs(task, checkpoint);
  }

  /** Its line in the study's plan. */
  StudyIndex.Entry entry() {
    return new StudyIndex.Entry(id, run.label(), run.seeds().init(), run.seeds().data(), steps);
  }
}
