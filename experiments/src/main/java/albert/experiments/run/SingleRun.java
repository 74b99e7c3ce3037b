package albert.experiments.run;

import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.StrictJson;
import albert.experiments.Folders;
import albert.experiments.InputException;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Settings;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.RunTokenizer;
import albert.experiments.evaluation.TaskSource;
import albert.experiments.stage.StopSignal;
import albert.model.runtime.GraphSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run in a folder of its own, without a study: what {@code finetune} does. The folder is that
 * of a run, so that {@code report} and everything else that reads runs reads it too.
 *
 * @param settings where data and checkpoints are
 * @param config what is trained, and how
 * @param given where the configuration was set, for messages
 * @param seeds its seeds
 * @param output the run's folder
 */
public record SingleRun(
    RunEnvironment settings, RunConfig config, Settings given, RunSeeds seeds, Path output) {

  private static final String STUDY = "finetune";

  /**
   * Trains, or goes on, or finds that all is done.
   *
   * @param resume whether the folder may hold this run already
   * @throws InputException if the folder holds something else, or is in use
   * @throws albert.experiments.stage.StoppedException if asked to stop
   */
  @SuppressWarnings("try") // the lock is held, not used
  public RunRecord execute(boolean resume, RunListener progress, StopSignal stop, Clock clock)
      throws IOException {
    RunDirectory directory = new RunDirectory(output);
    requireFree(directory, resume);
    config.training().runtime().resolve(); // a device that is not there is said before any work
    GraphSession.loadAhead();
    Path tokenizerFile = RunTokenizer.file(config, settings.models());
    TaskSource data = data();
    PlannedRun run = new PlannedRun("", Settings.NONE, config, seeds);
    try (Tokenizer tokenizer = RunTokenizer.open(tokenizerFile, config)) {
      EncodedTask task = encode(data, tokenizer, tokenizerFile);
      RunJob job = RunJob.of(run, task, settings);
      Optional<RunRecord> before = before(directory, job.id());
      if (before.isPresent() && before.get().status() == RunStatus.FINISHED) {
        return before.get();
      }
      try (RunLock lock = RunLock.tryAcquire(directory).orElseThrow(this::busy)) {
        AtomicFiles.removeLeftovers(directory.path());
        progress.begun(1);
        progress.started(run);
        StartWeights starts = new StartWeights(settings, output, List.of(run), progress, stop);
        RunRecord record =
            new RunAttempt(settings, STUDY, new TreeMap<>(), job, starts, clock)
                .execute(directory, progress, stop);
        if (record.status() == RunStatus.FINISHED) {
          starts.deleteCompressed();
        }
        progress.ended(run, record);
        return record;
      }
    }
  }

  /** What it reads: data, checkpoint, the texts of a pretraining. */
  public List<DataFingerprint> inputs() {
    return RunJob.inputs(config, data().fingerprint(config), settings);
  }

  private TaskSource data() {
    return TaskSource.read(config, settings.data());
  }

  private EncodedTask encode(TaskSource data, Tokenizer tokenizer, Path tokenizerFile) {
    return given.locating(
        () -> {
          EncodedTask.checkVocabulary(config, tokenizer.vocabSize());
          return data.encode(config, tokenizer, tokenizerFile);
        });
  }

  private void requireFree(RunDirectory directory, boolean resume) throws IOException {
    if (!resume && Folders.holdsFiles(output)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              Files.exists(directory.record())
                  ? "%s holds a run; --resume continues it, --output names another folder"
                  : "%s is not empty; --output names another folder",
              output));
    }
  }

  private Optional<RunRecord> before(RunDirectory directory, String id) throws IOException {
    if (!Files.exists(directory.record())) {
      return Optional.empty();
    }
    RunRecord before;
    try {
      before = new StrictJson().read(directory.record(), RunRecord.class);
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
    if (!before.runId().equals(id)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s holds another run: %s; --output names another folder",
              output,
              difference(before)));
    }
    return Optional.of(before);
  }

  /** The first thing that is not the same. */
  private String difference(RunRecord before) {
    if (before.initSeed() != seeds.init() || before.dataSeed() != seeds.data()) {
      return String.format(
          Locale.ROOT,
          "its seeds are %d and %d, given are %d and %d",
          before.initSeed(),
          before.dataSeed(),
          seeds.init(),
          seeds.data());
    }
    Map<String, Object> now = new TreeMap<>(config.values());
    for (Map.Entry<String, Object> entry : now.entrySet()) {
      Object old = before.config().get(entry.getKey());
      if (!text(old).equals(text(entry.getValue())) && RunConfig.isIdentity(entry.getKey())) {
        return String.format(
            Locale.ROOT, "its %s is %s, given is %s", entry.getKey(), old, entry.getValue());
      }
    }
    return "its data, checkpoint or version of the suite is another";
  }

  /** Whole numbers come back from the record as another type. */
  private static String text(@Nullable Object value) {
    return Objects.toString(value);
  }

  private InputException busy() {
    return new InputException(
        String.format(Locale.ROOT, "another process is at the run in %s", output));
  }
}
