package albert.experiments.training.pretraining;

import albert.datasets.pretraining.PairObjective;
import albert.datasets.pretraining.PretrainingBatch;
import albert.datasets.tokenizer.TokenizerConfigFile;
import albert.evaluation.record.ModelSize;
import albert.evaluation.record.RunDirectory;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.DivergedException;
import albert.experiments.training.TrainedSize;
import albert.experiments.training.Trainer;
import albert.experiments.training.TrainingCheckpoints;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.TrainingState;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import albert.model.runtime.TrainableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pretrains a model and leaves it in the output folder, which is then a model directory. A training
 * that died goes on from its newest checkpoint.
 */
public final class Pretraining {

  private final PretrainingJob job;
  private final Path output;
  private final TrainingListener listener;
  private final StopSignal stop;
  private final TrainingCheckpoints checkpoints;

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
   * @param skippedSteps steps that changed no weight, since gradients overflowed; null where the
   *     loss is not scaled
   * @param seconds of wall-clock time from the opening of the texts to the last score; of parts
   *     before the last interruption what was kept of the training alone
   */
  public record Result(
      long steps,
      long tokens,
      @Nullable Double tokensPerSecond,
      String precision,
      int threads,
      @Nullable Double unigramLoss,
      Map<PairObjective, HeldOutScores> intrinsic,
      @Nullable Long skippedSteps,
      double seconds) {}

  /**
   * @param output folder of everything that is written, its lock held by the caller
   * @param listener hears of every step
   * @param stop asks to stop between two steps
   */
  public Pretraining(PretrainingJob job, Path output, TrainingListener listener, StopSignal stop) {
    this.job = job;
    this.output = output;
    this.listener = listener;
    this.stop = stop;
    checkpoints = TrainingCheckpoints.in(new RunDirectory(output));
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
      RecordedPretraining record = RecordedPretraining.begin(output, job, data.inputs());
      TrainingState from = checkpoints.newest().orElse(TrainingState.START);
      double before = from.seconds() + from.evaluationSeconds();
      PretrainingObjective objective = new PretrainingObjective(job, data);
      try (Trainer trainer =
          new Trainer(objective, new RunDirectory(output), listener, listener.stages(), stop)) {
        trainer.run();
        writeModel(trainer.model(), trainer.state().step());
        Result result = result(data, trainer, () -> before + (System.nanoTime() - begun) * 1e-9);
        record.finished(
            trainer.state(),
            result,
            size(trainer.model()),
            IntrinsicScores.of(job.config().objective(), result));
        return result;
      } catch (DivergedException e) {
        DivergedException kept = keepLastGood(objective, e);
        record.failed(String.valueOf(kept.getMessage()));
        throw kept;
      }
    }
  }

  /** Writes the examples of the first epoch, in the order of training but for the shuffle. */
  public void writeExamples(Path file) throws IOException {
    try (PretrainingData data = PretrainingData.open(job, output)) {
      data.write(file);
    }
  }

  private DivergedException keepLastGood(PretrainingObjective objective, DivergedException problem)
      throws IOException {
    Optional<TrainingState> good = checkpoints.newest();
    if (good.isEmpty()) {
      return problem;
    }
    long step = good.get().step();
    try (TrainableModel model = objective.build(step - 1)) {
      checkpoints.restore(model, good.get());
      writeModel(model, step);
    }
    return problem.keeping(
        String.format(
            Locale.ROOT, "the model of step %d, the last checkpoint, is in %s", step, output));
  }

  /** Scores the model on what is held out of each objective's examples. */
  private Result result(PretrainingData data, Trainer trainer, DoubleSupplier seconds) {
    TrainableModel model = trainer.model();
    Map<PairObjective, HeldOutScores> intrinsic = new EnumMap<>(PairObjective.class);
    for (PairObjective objective : PairObjective.values()) {
      List<PretrainingBatch> heldOut = data.heldOut(objective);
      if (!heldOut.isEmpty()) {
        intrinsic.put(objective, HeldOutScores.of(model, heldOut, job.pairHead()));
      }
    }
    return new Result(
        trainer.state().step(),
        trainer.state().tokens(),
        trainer.tokensPerSecond(),
        model.runtime().precision().name().toLowerCase(Locale.ROOT),
        model.runtime().threads(),
        data.unigramLoss(),
        intrinsic,
        model.skippedSteps(),
        seconds.getAsDouble());
  }

  private ModelSize size(TrainableModel model) throws IOException {
    return TrainedSize.of(
        model,
        job.encoder(),
        job.pairHead().isPresent(),
        Files.size(CheckpointDirectory.weights(output)),
        job.config().maxSeqLength());
  }

  private void writeModel(TrainableModel model, long step) throws IOException {
    TokenizerConfigFile.complete(job.tokenizerFile(), output);
    CheckpointDirectory.write(
        output,
        new LoadedModel(
            job.encoderAt(step - 1), job.head(), model.weights(), job.tokenizerFile(), List.of()));
  }
}
