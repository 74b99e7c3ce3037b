package albert.experiments.training;

import albert.experiments.stage.StageWatch;
import albert.model.runtime.StepResult;
import java.util.Map;

/** Hears of every training step, and of what should be known before the first. */
@FunctionalInterface
public interface TrainingListener {

  /** Nobody listens. */
  TrainingListener NOBODY = (step, result, rate) -> {};

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

  /** Measures the stages of the work; asked once. */
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

  /**
   * The weights were evaluated.
   *
   * @param steps steps done so far
   * @param figures as the log has them, by name
   */
  default void evaluated(long steps, Map<String, Double> figures) {}
}
