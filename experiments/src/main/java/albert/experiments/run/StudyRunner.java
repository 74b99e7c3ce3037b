package albert.experiments.run;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunId;
import albert.evaluation.record.RunLock;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.experiments.InputException;
import albert.experiments.compress.CompressedModels;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunPlan;
import albert.experiments.pretrained.PretrainedModel;
import albert.model.runtime.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a study run by run. A finished run is not done again, and neither is one that
 * diverged: that is its result. Any other run is done, from its newest checkpoint if it was broken
 * off, unless another process holds its lock.
 *
 * <p>A run that fails is recorded with its reason and does not stop the study.
 */
public final class StudyRunner {

  /** Raised when the same configuration, seeds and data would give other results. */
  public static final int RESULTS_VERSION = 1;

  /**
   * Keys that do not change what a run is: how often it logs, what it runs on, and where its
   * checkpoint lies, whose weights count instead.
   */
  private static final List<String> NOT_IDENTITY =
      List.of("logging_steps", "threads", "device", ConfigKeys.MODEL);

  private static final String COMPRESSED = "compressed";

  private final RunSettings settings;
  private final StudyProgress progress;
  private final StopSignal stop;
  private final Clock clock;
  private @Nullable CompressedModels compressed;

  /** A runner that has done nothing yet. */
  public StudyRunner(RunSettings settings, StudyProgress progress, StopSignal stop, Clock clock) {
    this.settings = settings;
    this.progress = progress;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * What became of a study.
   *
   * @param records of all its runs that are over, in the order of the plan
   * @param skipped how many of them were over before
   * @param busy how many another process is doing
   */
  public record Outcome(List<RunRecord> records, int skipped, int busy) {

    /** Copies its argument. */
    public Outcome {
      records = List.copyOf(records);
    }

    /** Runs that failed otherwise than by diverging. */
    public long crashed() {
      return records.stream().filter(r -> isFailed(r) && !isDiverged(r)).count();
    }

    /** Runs that diverged. */
    public long diverged() {
      return records.stream().filter(StudyRunner::isDiverged).count();
    }

    private static boolean isFailed(RunRecord record) {
      return record.status() == RunStatus.FAILED;
    }
  }

  /**
   * Runs what is missing.
   *
   * @throws InputException if the store can't be written
   * @throws albert.model.config.ConfigException if a model does not fit its data
   * @throws albert.datasets.DataFormatException if data is malformed
   * @throws StoppedException if asked to stop
   * @throws IOException if the store can no longer be written
   */
  public Outcome run(RunPlan plan) throws IOException {
    requireWritable(settings.store().root().resolve(plan.study().name()));
    StudyTasks tasks = StudyTasks.read(plan, settings.data(), settings.models());
    StudyDescriptions.write(settings, plan, tasks);
    progress.begun(
        plan.runs().size(), plan.runs().stream().mapToLong(run -> steps(run, tasks)).sum());
    List<RunRecord> records = new ArrayList<>();
    int skipped = 0;
    int busy = 0;
    for (PlannedRun run : plan.runs()) {
      stop.check();
      EncodedTask task = tasks.of(run.config());
      PretrainedModel checkpoint = checkpoint(run.config());
      String id = runId(run, inputs(task, checkpoint));
      Optional<RunRecord> before = over(plan, id);
      if (before.isEmpty()) {
        Optional<RunRecord> done = runLocked(plan, run, id, task, checkpoint);
        done.ifPresent(records::add);
        busy += done.isEmpty() ? 1 : 0;
      } else {
        progress.skipped(run, steps(run, tasks), "done before");
        records.add(before.get());
        skipped++;
      }
    }
    return new Outcome(records, skipped, busy);
  }

  private @Nullable PretrainedModel checkpoint(RunConfig config) {
    return config.start().isModel() ? settings.models().get(config.start().name()) : null;
  }

  /** What a run reads: the data and, where it starts from one, the checkpoint. */
  static List<DataFingerprint> inputs(EncodedTask task, @Nullable PretrainedModel checkpoint) {
    List<DataFingerprint> inputs = new ArrayList<>(List.of(task.fingerprint()));
    if (checkpoint != null) {
      inputs.addAll(checkpoint.fingerprints());
    }
    return inputs;
  }

  /** The name of a run in the store. */
  static String runId(PlannedRun run, List<DataFingerprint> inputs) {
    Map<String, Object> identity = run.config().values();
    NOT_IDENTITY.forEach(identity::remove);
    return RunId.of(identity, run.seeds().init(), run.seeds().data(), inputs, RESULTS_VERSION);
  }

  /** Whether a key does not change what a run is. */
  static boolean isNotIdentity(String key) {
    return NOT_IDENTITY.contains(key);
  }

  private static boolean isDiverged(RunRecord record) {
    return record.failureReason() != null
        && record.failureReason().startsWith(DivergedException.PREFIX);
  }

  private static long steps(PlannedRun run, StudyTasks tasks) {
    RunConfig config = run.config();
    return FineTuning.steps(config.training(), tasks.of(config).train().size());
  }

  /** The record of a run that need not be done again. */
  private Optional<RunRecord> over(RunPlan plan, String id) throws IOException {
    try {
      return settings
          .store()
          .read(plan.study().name(), id)
          .filter(record -> record.status() == RunStatus.FINISHED || isDiverged(record));
    } catch (RecordFormatException e) {
      throw new InputException(
          String.format(
              Locale.ROOT, "%s; delete the file to have the run done again", e.getMessage()));
    }
  }

  @SuppressWarnings("try") // the lock is held, not used
  private Optional<RunRecord> runLocked(
      RunPlan plan,
      PlannedRun run,
      String id,
      EncodedTask task,
      @Nullable PretrainedModel checkpoint)
      throws IOException {
    RunDirectory directory = settings.store().directory(plan.study().name(), id);
    Optional<RunLock> lock = RunLock.tryAcquire(directory);
    long steps = FineTuning.steps(run.config().training(), task.train().size());
    if (lock.isEmpty()) {
      progress.skipped(run, steps, "another process is at it");
      return Optional.empty();
    }
    try (RunLock held = lock.get()) {
      Optional<RunRecord> meanwhile = over(plan, id);
      if (meanwhile.isPresent()) {
        progress.skipped(run, steps, "done by another process");
        return meanwhile;
      }
      AtomicFiles.removeLeftovers(directory.path());
      progress.started(run);
      Counting counting = new Counting(progress);
      RunRecord record =
          new RunAttempt(
                  settings,
                  plan.study().name(),
                  plan.varied(run),
                  run,
                  id,
                  task,
                  checkpoint,
                  compressed(plan),
                  clock)
              .execute(directory, counting, FineTuning.Afterwards.NOTHING, stop);
      progress.ended(run, record, steps - counting.done);
      return Optional.of(record);
    }
  }

  /** Passes on what a run tells, and knows how far it came. */
  static final class Counting implements TrainingListener {
    private final StudyProgress progress;
    private long done;

    Counting(StudyProgress progress) {
      this.progress = progress;
    }

    @Override
    public void announced(String note) {
      progress.announced(note);
    }

    @Override
    public void wentOn(long steps) {
      done = steps;
      progress.wentOn(steps);
    }

    @Override
    public void stepped(long steps, StepResult result, double learningRate) {
      done = steps;
      progress.stepped();
    }
  }

  /** The study's compressed checkpoints, kept beside its runs. */
  private CompressedModels compressed(RunPlan plan) {
    if (compressed == null) {
      compressed =
          new CompressedModels(
              settings.store().root().resolve(plan.study().name()).resolve(COMPRESSED),
              new AnnouncedCompression(progress, stop));
    }
    return compressed;
  }

  private static void requireWritable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".", ".probe"));
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "the runs' folder %s can't be written: %s; --runs names another",
              folder,
              e instanceof IOException io ? InputException.words(io) : e.getMessage()));
    }
  }
}
