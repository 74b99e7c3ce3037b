package albert.experiments.run;

import albert.model.runtime.StepResult;

/** Hears of every training step. */
@FunctionalInterface
interface TrainingListener {

  /**
   * A step is done.
   *
   * @param steps steps done so far
   * @param result what it told
   * @param learningRate its rate
   */
  void stepped(long steps, StepResult result, double learningRate);
}
