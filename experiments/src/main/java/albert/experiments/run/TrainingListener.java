package albert.experiments.run;

import albert.experiments.stage.StageWatch;
import albert.model.runtime.StepResult;

/** Hears of every training step, and of what should be known before the first. */
@FunctionalInterface
interface TrainingListener {

  /**
   * The weights are there.
   *
   * @param note what is to be known of where they come from, one line
   */
  default void announced(String note) {}

  /**
   * The training goes on from a checkpoint.
   *
   * @param steps steps done before
   */
  default void wentOn(long steps) {}

  /** Measures the stages of the run; asked once. */
  default StageWatch stages() {
    return StageWatch.alone();
  }

  /**
   * A step is done.
   *
   * @param steps steps done so far
   * @param result what it told
   * @param learningRate its rate
   */
  void stepped(long steps, StepResult result, double learningRate);
}
