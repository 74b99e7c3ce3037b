package albert.experiments.stage;

import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;

/** Hears of the stages of the work, one at a time. */
public interface StageListener {

  /** Hears nothing. */
  StageListener NOBODY = new StageListener() {};

  /**
   * A stage begins, or goes on after another one or an interruption.
   *
   * @param label what is done, for a person
   * @param all steps that it has, in its unit; 0 where they can't be counted
   * @param done how many of them were done before
   */
  default void stageBegan(Stage stage, String label, long all, long done) {}

  /**
   * Steps of the stage at work are done.
   *
   * @param steps how many more
   */
  default void stageStepped(long steps) {}

  /**
   * The stage at work is over, or makes way for another one.
   *
   * @param part its steps and seconds since it began or went on
   */
  default void stageEnded(StageSeconds part) {}
}
