package albert.experiments.training.pretraining;

import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StrictJson;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.config.DeviceCount;
import albert.experiments.config.LaterKeys;
import albert.experiments.config.PretrainingStage;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.evaluation.RunTokenizer;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.DivergedException;
import albert.experiments.training.TrainingCheckpoints;
import albert.model.io.CheckpointDirectory;
import albert.model.runtime.RuntimeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Pretrains what runs of a study start from: a folder each, named by a hash of all that decides the
 * weights, with {@code run.json} and the model. A pretraining that was broken off goes on from its
 * checkpoint.
 *
 * @param corpora finds and identifies the texts
 * @param models reads checkpoints
 * @param maker what makes it, on what runtime
 * @param diverged what came of those that can't be trained, so that it is not tried for every run
 */
public record StudyPretraining(
    StageCorpora corpora,
    PretrainedModels models,
    Function<RuntimeOptions, Provenance> maker,
    Map<Path, DivergedException> diverged) {

  /** Raised when the same configuration and texts would give other weights. */
  private static final int VERSION = 1;

  private static final int KEY_LENGTH = 12;

  /** Keys of a pretraining that do not change its result. */
  private static final List<String> NOT_IDENTITY =
      List.of(
          "threads",
          "device",
          DeviceCount.KEY,
          "logging_steps",
          "checkpoint_steps",
          "keep_checkpoints",
          "eval_steps");

  /** One that only looks how far pretrainings are. */
  public static StudyPretraining looking(Path data, PretrainedModels models) {
    return new StudyPretraining(
        data,
        models,
        runtime -> {
          throw new IllegalStateException("it only looks");
        });
  }

  /**
   * One that has done nothing yet.
   *
   * @param data the folder of the data sets
   * @param models reads checkpoints
   * @param maker what makes it, on what runtime
   */
  public StudyPretraining(
      Path data, PretrainedModels models, Function<RuntimeOptions, Provenance> maker) {
    this(new StageCorpora(data), models, maker, new ConcurrentHashMap<>());
  }

  /** What the pretraining of a run reads; for configurations that have one, as all that follows. */
  public List<DataFingerprint> inputs(RunConfig config) {
    try {
      return corpora.fingerprints(stage(config));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether someone else is at what a run starts from.
   *
   * @param folder where starts are kept
   */
  public boolean isBusy(RunConfig config, RunSeeds seeds, Path folder) throws IOException {
    Path directory = directory(config, seeds, folder);
    if (isDone(directory)) {
      return false;
    }
    Optional<RunLock> lock = RunLock.tryAcquire(new RunDirectory(directory));
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  /**
   * A start that is there.
   *
   * @param model what was pretrained
   * @param scores on what was held out of its corpus
   */
  public record Pretrained(PretrainedModel model, List<Score> scores) {
    /** Copies the scores. */
    public Pretrained {
      scores = List.copyOf(scores);
    }
  }

  /**
   * What a run starts from, pretrained or, from its checkpoint, gone on with if it is not there.
   * Runs that need the same one share it, and wait for the one that is at it.
   *
   * @param folder where starts are kept
   * @param watch measures it, if it is done here
   * @param notes hears of what came out meanwhile, a line each
   * @throws DivergedException if a loss is no longer finite
   * @throws albert.experiments.stage.StoppedException if asked to stop
   * @throws IOException if a file can't be read or written
   */
  @SuppressWarnings("try") // the lock is held, not used
  public Pretrained of(
      RunConfig config,
      RunSeeds seeds,
      Path folder,
      StageWatch watch,
      Consumer<String> notes,
      StopSignal stop)
      throws IOException {
    Path directory = directory(config, seeds, folder);
    if (!isDone(directory)) {
      try (RunLock held = RunLock.acquire(new RunDirectory(directory), stop::check)) {
        if (!isDone(directory)) {
          pretrain(config, seeds, directory, new WatchedPretraining(watch, notes), stop);
        }
      }
    }
    RunRecord record = record(directory).orElseThrow();
    return new Pretrained(
        models.get(directory.toString()), IntrinsicScores.ofRuns(record.scores()));
  }

  /**
   * How far what a run starts from is.
   *
   * @param folder its own, named by all that decides it
   * @param done whether it is there
   * @param steps that were done, if it is not
   */
  public record State(Path folder, boolean done, long steps) {}

  /**
   * Looks how far it is; begins nothing.
   *
   * @param folder where starts are kept; need not exist
   * @throws IOException if a file can't be read
   */
  public State state(RunConfig config, RunSeeds seeds, Path folder) throws IOException {
    Path directory = directory(config, seeds, folder);
    return isDone(directory)
        ? new State(directory, true, stage(config).config().maxSteps())
        : new State(directory, false, TrainingCheckpoints.stepsDone(new RunDirectory(directory)));
  }

  private void pretrain(
      RunConfig config,
      RunSeeds seeds,
      Path directory,
      WatchedPretraining progress,
      StopSignal stop)
      throws IOException {
    DivergedException before = diverged.get(directory);
    if (before != null) {
      throw before;
    }
    AtomicFiles.removeLeftovers(directory);
    Path file = RunTokenizer.file(config, models);
    try (Tokenizer tokenizer = RunTokenizer.open(file, config)) {
      PretrainingJob job = job(config, seeds, directory, tokenizer, file);
      progress
          .stages()
          .begin(
              Stage.PRETRAINING,
              String.format(
                  Locale.ROOT, "pretraining %s, seed %d", directory.getFileName(), job.seed()),
              job.config().maxSteps(),
              TrainingCheckpoints.stepsDone(new RunDirectory(directory)));
      new Pretraining(job, directory, progress, stop).run();
      progress.stages().end();
    } catch (DivergedException e) {
      diverged.put(directory, e);
      throw e;
    }
    TrainingCheckpoints.in(new RunDirectory(directory)).delete();
    PretrainingData.deleteTokens(directory);
  }

  private PretrainingJob job(
      RunConfig config, RunSeeds seeds, Path directory, Tokenizer tokenizer, Path tokenizerFile)
      throws IOException {
    PretrainingStage stage = stage(config);
    PretrainedModel start = config.start().isModel() ? models.get(config.start().name()) : null;
    return new PretrainingJob(
        stage.encoder(),
        stage.config(),
        stage.seed(seeds),
        start,
        config.start().name(),
        corpora.corpus(stage, directory),
        corpora.additional(stage),
        tokenizer,
        tokenizerFile,
        config.training().specialInText(),
        maker.apply(stage.config().runtime().resolve()));
  }

  /** The folder of what a run starts from. */
  private Path directory(RunConfig config, RunSeeds seeds, Path folder) {
    PretrainingStage stage = stage(config);
    Path file = RunTokenizer.file(config, models);
    Map<String, Object> identity =
        new TreeMap<>(PretrainingJob.values(stage.encoder(), stage.config()));
    identity.keySet().removeAll(NOT_IDENTITY);
    LaterKeys.removeDefaults(identity);
    List<String> read = new ArrayList<>();
    inputs(config).forEach(input -> read.add(input.sha256()));
    if (config.start().isModel()) {
      models.get(config.start().name()).fingerprints().forEach(input -> read.add(input.sha256()));
    }
    identity.put("version", VERSION);
    identity.put("seed", stage.seed(seeds));
    identity.put("read", read);
    identity.put("tokenizer", corpora.sha256(file));
    if (config.training().specialInText()) {
      identity.put("special_in_text", true);
    }
    return folder.resolve(CanonicalJson.sha256(identity).substring(0, KEY_LENGTH));
  }

  /** Whether it is over, and its weights are still there. */
  private static boolean isDone(Path directory) throws IOException {
    return Files.exists(CheckpointDirectory.weights(directory))
        && record(directory).filter(r -> r.status() == RunStatus.FINISHED).isPresent();
  }

  private static Optional<RunRecord> record(Path directory) throws IOException {
    Path file = new RunDirectory(directory).record();
    return Files.exists(file)
        ? Optional.of(new StrictJson().read(file, RunRecord.class))
        : Optional.empty();
  }

  private static PretrainingStage stage(RunConfig config) {
    return Objects.requireNonNull(config.pretraining(), "the run has no pretraining");
  }
}
