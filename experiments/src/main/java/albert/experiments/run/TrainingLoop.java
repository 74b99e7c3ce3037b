package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.TaskKind;
import albert.model.optim.LearningRateSchedule;
import albert.model.runtime.StepResult;
import albert.model.runtime.StepSettings;
import albert.model.runtime.TrainableModel;
import java.util.List;

/**
 * Steps through the batches until the schedule ends. The first steps, in which TensorFlow plans and
 * compiles, train like any other and are left out of the measured speed.
 *
 * @param kind what is predicted
 * @param schedule its total is the number of steps
 * @param seeds of dropout and the order of the examples
 * @param listener hears of every step
 * @param stop asks to stop between two steps
 */
record TrainingLoop(
    TaskKind kind,
    LearningRateSchedule schedule,
    Seeds seeds,
    TrainingListener listener,
    StopSignal stop) {

  private static final int UNMEASURED_STEPS = 10;

  /**
   * What a training took.
   *
   * @param steps steps done
   * @param seconds of wall-clock time for all of them, making the batches included
   * @param tokensPerSecond tokens that are not padding, over the measured steps; NaN if there were
   *     none
   */
  record Outcome(long steps, double seconds, double tokensPerSecond) {}

  /**
   * Trains.
   *
   * @throws DivergedException at the first loss or gradient that is not finite
   * @throws StoppedException if asked to
   */
  Outcome run(TrainableModel model, Batcher batcher) {
    long shuffleSeed = seeds.child(Seeds.SHUFFLE);
    long begun = System.nanoTime();
    long measuredFrom = begun;
    long measuredTokens = 0;
    long step = 0;
    for (int epoch = 0; step < schedule.totalSteps(); epoch++) {
      List<EncodedBatch> batches = batcher.epoch(shuffleSeed, epoch);
      for (int i = 0; i < batches.size() && step < schedule.totalSteps(); i++, step++) {
        stop.check();
        if (step == UNMEASURED_STEPS) {
          measuredFrom = System.nanoTime();
        }
        EncodedBatch batch = batches.get(i);
        measuredTokens += step >= UNMEASURED_STEPS ? batch.tokens() : 0;
        step(model, batch, step);
      }
    }
    long now = System.nanoTime();
    return new Outcome(
        step,
        (now - begun) * 1e-9,
        measuredTokens == 0 ? Double.NaN : measuredTokens / ((now - measuredFrom) * 1e-9));
  }

  private void step(TrainableModel model, EncodedBatch batch, long step) {
    double rate = schedule.at(step);
    StepResult result =
        model.step(
            Feeds.labelled(batch, kind), new StepSettings(rate, step, seeds.child(Seeds.DROPOUT)));
    requireFinite("loss", result.loss(), step);
    requireFinite("gradients' norm", result.gradientNorm(), step);
    listener.stepped(step + 1, result, rate);
  }

  private static void requireFinite(String figure, float value, long step) {
    if (!Float.isFinite(value)) {
      throw new DivergedException(figure, value, step + 1);
    }
  }
}
