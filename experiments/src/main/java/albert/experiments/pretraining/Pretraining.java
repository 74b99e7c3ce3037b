package albert.experiments.pretraining;

import albert.datasets.pretrain.PairObjective;
import albert.datasets.pretrain.Prefetched;
import albert.datasets.pretrain.PretrainingBatch;
import albert.datasets.text.TokenizerConfigFile;
import albert.evaluation.record.AddedLater;
import albert.evaluation.record.RunDirectory;
import albert.experiments.run.DivergedException;
import albert.experiments.run.Seeds;
import albert.experiments.stage.StopSignal;
import albert.model.io.CheckpointDirectory;
import albert.model.io.InitialWeights;
import albert.model.io.LoadedModel;
import albert.model.runtime.TrainableModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pretrains a model and leaves it in the output folder, which is then a model directory.
 *
 * <p>Everything that decides what comes next is in the newest checkpoint: weights, optimizer and
 * {@link PretrainingState}. A training that died goes on from it, and with one thread its weights
 * after any step are those of a training that never stopped, to the last bit.
 */
public final class Pretraining {
  private static final Logger LOG = LoggerFactory.getLogger(Pretraining.class);
  private static final int BATCHES_AHEAD = 8;

  private final PretrainingJob job;
  private final Path output;
  private final RunDirectory directory;
  private final Progress progress;
  private final StopSignal stop;
  private final PretrainingCheckpoints checkpoints;
  private final PretrainingSteps steps;

  /** Hears how far a pretraining is. */
  public interface Progress {
    /** Nobody listens. */
    Progress NOBODY =
        new Progress() {
          @Override
          public void stepped(long steps, long total, double loss) {}

          @Override
          public void evaluated(long steps, HeldOutScores scores) {}
        };

    /** Steps are done, of all there are. */
    void stepped(long steps, long total, double loss);

    /** Held-out examples were evaluated. */
    void evaluated(long steps, HeldOutScores scores);
  }

  /**
   * What came out.
   *
   * @param steps done in all
   * @param tokens trained on in all, padding not counted
   * @param tokensPerSecond of the steps alone, the first ten left out; null if there were no others
   * @param precision of the products
   * @param threads that TensorFlow used
   * @param unigramLoss what a unigram model of the training text loses on the held-out masked
   *     tokens of the objective, in nats
   * @param intrinsic the scores on the held-out data of each objective; empty if nothing is held
   *     out
   * @param seconds of wall-clock time from the opening of the texts to the last score; of parts
   *     before the last interruption the steps alone that were kept. Null where an older version
   *     wrote this
   */
  public record Result(
      long steps,
      long tokens,
      @Nullable Double tokensPerSecond,
      String precision,
      int threads,
      @Nullable Double unigramLoss,
      Map<PairObjective, HeldOutScores> intrinsic,
      @AddedLater @Nullable Double seconds) {}

  /**
   * @param output folder of everything that is written, its lock held by the caller
   * @param stop asks to stop between two steps
   */
  public Pretraining(PretrainingJob job, Path output, Progress progress, StopSignal stop) {
    this.job = job;
    this.output = output;
    this.progress = progress;
    this.stop = stop;
    directory = new RunDirectory(output);
    steps = new PretrainingSteps(job, progress);
    checkpoints = PretrainingCheckpoints.in(output, job.config().keepCheckpoints());
  }

  /**
   * Trains from the newest checkpoint, or from the beginning where there is none.
   *
   * @throws DivergedException at the first loss or gradient that is not finite; the model of the
   *     last good checkpoint is then in the output folder
   * @throws albert.experiments.stage.StoppedException if asked to stop; a checkpoint was written
   * @throws albert.model.config.ConfigException if another training is in the output folder
   * @throws IOException if a file can't be written
   */
  public Result run() throws IOException {
    long begun = System.nanoTime();
    try (PretrainingData data = PretrainingData.open(job, output)) {
      PretrainingRecord.check(output, job, data.fingerprints());
      PretrainingState state = checkpoints.newest().orElse(PretrainingState.START);
      boolean fresh = state.step() == 0;
      double before = state.seconds();
      while (fresh || state.step() < job.config().maxSteps()) {
        state = train(data, state, fresh);
        fresh = false;
      }
      return finish(data, state, () -> before + (System.nanoTime() - begun) * 1e-9);
    }
  }

  /** Writes the examples of the first epoch, in the order of training but for the shuffle. */
  public void writeExamples(Path file) throws IOException {
    try (PretrainingData data = PretrainingData.open(job, output)) {
      data.write(file);
    }
  }

  /** Trains until the end, or until dropout is removed: that takes another graph. */
  private PretrainingState train(PretrainingData data, PretrainingState from, boolean fresh)
      throws IOException {
    boolean dropsOut = job.config().dropsOutAt(from.step());
    long end =
        dropsOut && job.config().dropoutSteps() > 0
            ? Math.min(job.config().dropoutSteps(), job.config().maxSteps())
            : job.config().maxSteps();
    try (TrainableModel model = model(from.step());
        Prefetched<PretrainingBatch> batches =
            new Prefetched<>(data.batches(from.place()), BATCHES_AHEAD);
        PretrainingLog log = new PretrainingLog(directory, job.config().loggingSteps(), from)) {
      if (fresh) {
        initialize(model);
      } else {
        checkpoints.restore(model, from);
      }
      return train(model, batches, log, data, from, end);
    } catch (DivergedException e) {
      throw keepLastGood(e);
    }
  }

  private TrainableModel model(long step) {
    return TrainableModel.build(
        job.encoderAt(step), job.heads(), job.config().updateRule(), job.config().runtime());
  }

  private void initialize(TrainableModel model) {
    model.initialize(new Seeds(job.seed()).child(Seeds.INIT));
    LoadedModel start = job.start();
    if (start != null) {
      InitialWeights initial = InitialWeights.of(start, job.head(), model.shapes());
      model.assign(initial.taken());
      initial.notes(job.startName(), job.seed()).forEach(note -> LOG.info("{}", note));
    }
  }

  private PretrainingState train(
      TrainableModel model,
      Prefetched<PretrainingBatch> batches,
      PretrainingLog log,
      PretrainingData data,
      PretrainingState from,
      long end)
      throws IOException {
    PretrainingState state = from;
    long saved = from.step();
    while (state.step() < end) {
      if (stop.isRaised()) {
        if (state.step() > saved) {
          checkpoints.save(model, state);
        }
        stop.check();
      }
      state = steps.next(model, batches, log, state);
      long step = state.step();
      int every = job.config().evalSteps();
      if (every > 0 && step % every == 0) {
        evaluate(model, log, data, step);
      }
      if (step == end || step % job.config().checkpointSteps() == 0) {
        checkpoints.save(model, state);
        saved = step;
      }
    }
    return state;
  }

  private void evaluate(TrainableModel model, PretrainingLog log, PretrainingData data, long step)
      throws IOException {
    List<PretrainingBatch> heldOut = data.heldOut(job.config().objective());
    if (!heldOut.isEmpty()) {
      HeldOutScores scores = HeldOutScores.of(model, heldOut, job.pairHead());
      log.evaluated(step, scores);
      progress.evaluated(step, scores);
    }
  }

  private DivergedException keepLastGood(DivergedException problem) throws IOException {
    PretrainingState good = checkpoints.newest().orElse(PretrainingState.START);
    if (good.step() == 0) {
      return problem;
    }
    try (TrainableModel model = model(good.step() - 1)) {
      checkpoints.restore(model, good);
      writeModel(model, good.step());
    }
    return problem.keeping(
        String.format(
            Locale.ROOT,
            "the model of step %d, the last checkpoint, is in %s",
            good.step(),
            output));
  }

  private Result finish(PretrainingData data, PretrainingState state, DoubleSupplier seconds)
      throws IOException {
    try (TrainableModel model = model(state.step() - 1)) {
      checkpoints.restore(model, state);
      writeModel(model, state.step());
      Map<PairObjective, HeldOutScores> intrinsic = new EnumMap<>(PairObjective.class);
      for (PairObjective objective : PairObjective.values()) {
        List<PretrainingBatch> heldOut = data.heldOut(objective);
        if (!heldOut.isEmpty()) {
          intrinsic.put(objective, HeldOutScores.of(model, heldOut, job.pairHead()));
        }
      }
      Result result =
          new Result(
              state.step(),
              state.tokens(),
              steps.tokensPerSecond(),
              model.runtime().precision().name().toLowerCase(Locale.ROOT),
              model.runtime().threads(),
              data.unigramLoss(),
              intrinsic,
              seconds.getAsDouble());
      PretrainingRecord.write(output, job, data.fingerprints(), result);
      return result;
    }
  }

  private void writeModel(TrainableModel model, long step) throws IOException {
    TokenizerConfigFile.complete(job.tokenizerFile(), output);
    CheckpointDirectory.write(
        output,
        new LoadedModel(
            job.encoderAt(step - 1), job.head(), model.weights(), job.tokenizerFile(), List.of()));
  }
}
