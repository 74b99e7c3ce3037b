package albert.model.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What a training step tells.
 *
 * @param loss before the update, never scaled; not finite if training has diverged
 * @param gradientNorm global norm of the gradients before clipping, not scaled either; not finite
 *     if training has diverged or the step was skipped
 * @param scaling how the loss was scaled; null where it is not
 */
public record StepResult(float loss, float gradientNorm, @Nullable Scaling scaling) {

  /**
   * How the loss of a step was scaled, in float16.
   *
   * @param scale what the loss was multiplied by
   * @param skipped whether a gradient overflowed, so that the step changed no weight
   * @param skippedSteps steps of the training that were skipped so far, this one included
   */
  public record Scaling(float scale, boolean skipped, long skippedSteps) {}

  /** A step whose loss is not scaled. */
  public StepResult(float loss, float gradientNorm) {
    this(loss, gradientNorm, null);
  }

  /** The same with the loss of all batches of the step. */
  public StepResult withLoss(float ofAll) {
    return new StepResult(ofAll, gradientNorm, scaling);
  }

  /** Whether a gradient overflowed, so that the step changed no weight. */
  public boolean skipped() {
    return scaling != null && scaling.skipped();
  }
}
