package albert.model.runtime;

/**
 * What changes from step to step.
 *
 * @param learningRate of this update
 * @param step number of the update, from 0: the place in dropout's random sequence and in bias
 *     correction
 * @param dropoutSeed seed of dropout
 */
public record StepSettings(double learningRate, long step, long dropoutSeed) {}
