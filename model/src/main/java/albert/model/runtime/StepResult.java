package albert.model.runtime;

/**
 * What a training step tells.
 *
 * @param loss before the update; not finite if training has diverged
 * @param gradientNorm global norm of the gradients before clipping
 */
public record StepResult(float loss, float gradientNorm) {}
