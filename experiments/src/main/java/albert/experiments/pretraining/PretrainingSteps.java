package albert.experiments.pretraining;

import albert.datasets.pretrain.Prefetched;
import albert.datasets.pretrain.PretrainingBatch;
import albert.experiments.run.DivergedException;
import albert.experiments.run.Seeds;
import albert.model.runtime.StepResult;
import albert.model.runtime.StepSettings;
import albert.model.runtime.TrainableModel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The steps of a pretraining, each over as many batches as gradients are accumulated over. */
final class PretrainingSteps {
  private static final int UNMEASURED_STEPS = 10;

  private final PretrainingJob job;
  private final Pretraining.Progress progress;
  private long measuredTokens;
  private long measuredNanos;

  /**
   * @param progress hears of each step
   */
  PretrainingSteps(PretrainingJob job, Pretraining.Progress progress) {
    this.job = job;
    this.progress = progress;
  }

  /**
   * The next step.
   *
   * @return where training is after it
   * @throws DivergedException if loss or gradient is not finite
   * @throws IOException if the log can't be written
   */
  PretrainingState next(
      TrainableModel model,
      Prefetched<PretrainingBatch> batches,
      PretrainingLog log,
      PretrainingState state)
      throws IOException {
    long begun = System.nanoTime();
    int parts = job.config().gradientAccumulationSteps();
    long step = state.step();
    double rate = job.config().schedule().at(step);
    long seed = new Seeds(job.seed()).child(Seeds.DROPOUT);
    double loss = 0;
    long tokens = 0;
    PretrainingBatch batch = batches.next();
    for (int i = 0; i < parts - 1; i++) {
      StepSettings settings = new StepSettings(rate, step, seed, step * parts + i, 1.0 / parts);
      loss += model.accumulate(PretrainingFeeds.of(batch, job.pairHead()), settings) / parts;
      tokens += batch.tokens();
      batch = batches.next();
    }
    StepResult last =
        model.step(
            PretrainingFeeds.of(batch, job.pairHead()),
            new StepSettings(rate, step, seed, step * parts + parts - 1, 1.0 / parts));
    StepResult whole =
        parts == 1
            ? last
            : new StepResult((float) (loss + last.loss() / parts), last.gradientNorm());
    requireFinite("loss", whole.loss(), step);
    requireFinite("gradients' norm", whole.gradientNorm(), step);
    tokens += batch.tokens();
    double seconds = (System.nanoTime() - begun) * 1e-9;
    measure(step, tokens, begun);
    log.stepped(step + 1, whole, rate);
    progress.stepped(step + 1, job.config().maxSteps(), whole.loss());
    return new PretrainingState(
        step + 1,
        batch.next().epoch(),
        batch.next().example(),
        state.tokens() + tokens,
        log.lossSum(),
        log.lossCount(),
        state.seconds() + seconds);
  }

  /** Of the steps alone, the first ten left out; null if there were no others. */
  @Nullable Double tokensPerSecond() {
    return measuredTokens == 0 ? null : measuredTokens / (measuredNanos * 1e-9);
  }

  private void measure(long step, long tokens, long begun) {
    if (step >= UNMEASURED_STEPS) {
      measuredTokens += tokens;
      measuredNanos += System.nanoTime() - begun;
    }
  }

  private static void requireFinite(String figure, float value, long step) {
    if (!Float.isFinite(value)) {
      throw new DivergedException(figure, value, step + 1);
    }
  }
}
