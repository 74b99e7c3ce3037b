package albert.experiments.training;

import albert.model.optim.LearningRateSchedule;

/**
 * What is fixed of a training before its first step.
 *
 * @param schedule the rate of each step; its total is the number of steps
 * @param dropoutSeed with the number of a batch, what its dropout masks follow from
 * @param loggingSteps steps between two lines of the log
 * @param checkpointSteps steps between two checkpoints; 0 for none
 * @param keepCheckpoints checkpoints kept, the newest ones
 */
public record TrainingPlan(
    LearningRateSchedule schedule,
    long dropoutSeed,
    int loggingSteps,
    int checkpointSteps,
    int keepCheckpoints) {

  /** Steps of the whole training. */
  public long steps() {
    return schedule.totalSteps();
  }
}
