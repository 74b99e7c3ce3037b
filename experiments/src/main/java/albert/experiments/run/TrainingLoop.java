package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.experiments.stage.StopSignal;
import albert.model.optim.LearningRateSchedule;
import albert.model.runtime.StepResult;
import albert.model.runtime.StepSettings;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.HostTensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Steps through the batches until the schedule ends. The first steps, in which TensorFlow plans and
 * compiles, train like any other and are left out of the measured speed.
 *
 * @param feed a batch with what is to be learnt
 * @param schedule its total is the number of steps
 * @param batchesPerStep batches whose gradients are summed up to a step; the last step of an epoch
 *     may have fewer
 * @param seeds of dropout and the order of the examples
 * @param listener hears of every step
 * @param after done after every step
 * @param stop asks to stop between two steps
 */
record TrainingLoop(
    Function<EncodedBatch, Map<String, HostTensor>> feed,
    LearningRateSchedule schedule,
    int batchesPerStep,
    Seeds seeds,
    TrainingListener listener,
    AfterStep after,
    StopSignal stop) {

  private static final int UNMEASURED_STEPS = 10;

  /** What is done between two steps. */
  @FunctionalInterface
  interface AfterStep {

    /**
     * A step is done.
     *
     * @param steps steps done
     * @param endsEpoch whether it was the last of its epoch
     * @return whether to go on
     */
    boolean goesOn(long steps, boolean endsEpoch) throws IOException;
  }

  /**
   * What a training took.
   *
   * @param steps steps done, those before it went on included
   * @param tokensPerSecond tokens that are not padding, over the measured steps; NaN if there were
   *     none
   */
  record Outcome(long steps, double tokensPerSecond) {}

  /** Steps that an epoch has. */
  static long stepsPerEpoch(int batches, int batchesPerStep) {
    return (batches + batchesPerStep - 1L) / batchesPerStep;
  }

  /**
   * Trains.
   *
   * @param from steps done before
   * @throws DivergedException at the first loss or gradient that is not finite
   * @throws StoppedException if asked to
   */
  Outcome run(TrainableModel model, Batcher batcher, long from) throws IOException {
    long perEpoch = stepsPerEpoch(batcher.batchesPerEpoch(), batchesPerStep);
    Speed speed = new Speed();
    long step = from;
    boolean goesOn = step < schedule.totalSteps();
    while (goesOn) {
      List<EncodedBatch> batches =
          batcher.epoch(seeds.child(Seeds.SHUFFLE), Math.toIntExact(step / perEpoch));
      for (long i = step % perEpoch; goesOn && i < perEpoch; i++) {
        stop.check();
        int first = Math.toIntExact(i * batchesPerStep);
        List<EncodedBatch> part =
            batches.subList(first, Math.min(first + batchesPerStep, batches.size()));
        speed.begin(step - from);
        step(model, part, step, step / perEpoch * batches.size() + first);
        speed.end(part);
        step++;
        goesOn = after.goesOn(step, i == perEpoch - 1) && step < schedule.totalSteps();
      }
    }
    return new Outcome(step, speed.tokensPerSecond());
  }

  /**
   * One update.
   *
   * @param firstBatch the number of the first batch, counted from the first epoch's first
   */
  private void step(TrainableModel model, List<EncodedBatch> batches, long step, long firstBatch) {
    double rate = schedule.at(step);
    int examples = batches.stream().mapToInt(EncodedBatch::size).sum();
    int last = batches.size() - 1;
    double loss = 0;
    for (int i = 0; i < last; i++) {
      StepSettings settings = settings(rate, step, firstBatch + i, batches.get(i), examples);
      loss += settings.share() * model.accumulate(feed.apply(batches.get(i)), settings);
    }
    StepSettings settings = settings(rate, step, firstBatch + last, batches.get(last), examples);
    StepResult result = model.step(feed.apply(batches.get(last)), settings);
    StepResult whole =
        last == 0
            ? result
            : new StepResult(
                (float) (loss + settings.share() * result.loss()), result.gradientNorm());
    requireFinite("loss", whole.loss(), step);
    requireFinite("gradients' norm", whole.gradientNorm(), step);
    listener.stepped(step + 1, whole, rate);
  }

  private StepSettings settings(
      double rate, long step, long batchNumber, EncodedBatch batch, int examples) {
    return new StepSettings(
        rate, step, seeds.child(Seeds.DROPOUT), batchNumber, (double) batch.size() / examples);
  }

  private static void requireFinite(String figure, float value, long step) {
    if (!Float.isFinite(value)) {
      throw new DivergedException(figure, value, step + 1);
    }
  }

  /** Tokens over the time of the steps themselves. */
  private static final class Speed {
    private long tokens;
    private long nanos;
    private long begun;
    private boolean measured;

    void begin(long steps) {
      measured = steps >= UNMEASURED_STEPS;
      begun = System.nanoTime();
    }

    void end(List<EncodedBatch> batches) {
      if (measured) {
        nanos += System.nanoTime() - begun;
        tokens += batches.stream().mapToLong(EncodedBatch::tokens).sum();
      }
    }

    double tokensPerSecond() {
      return tokens == 0 ? Double.NaN : tokens / (nanos * 1e-9);
    }
  }
}
