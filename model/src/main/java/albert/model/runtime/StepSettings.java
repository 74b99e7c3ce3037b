package albert.model.runtime;

/**
 * What changes from step to step.
 *
 * @param learningRate of this update
 * @param step number of the update, from 0: the place in bias correction
 * @param dropoutSeed seed of dropout
 * @param batch number of the batch, from 0: the place in dropout's random sequence
 * @param share what the batch's gradient is multiplied by before it is added to those of the other
 *     batches of the update; 1 where a batch is an update
 */
public record StepSettings(
    double learningRate, long step, long dropoutSeed, long batch, double share) {

  /** Where a batch is an update. */
  public StepSettings(double learningRate, long step, long dropoutSeed) {
    this(learningRate, step, dropoutSeed, step, 1);
  }
}
