package albert.model.optim;

import albert.model.config.Range;

/**
 * How a loss is scaled, so that the gradients of float16 products are neither rounded to 0 nor
 * overflow (arXiv 1710.03740, section 3.2). The scale doubles after some steps without an overflow
 * and halves at every overflow, as {@code torch.amp.GradScaler}'s does ({@code
 * torch/amp/grad_scaler.py}; Keras's {@code LossScaleOptimizer} has the same defaults, but starts
 * at 2^15).
 *
 * @param initial scale of the first step, a power of two, so that multiplying and dividing by it is
 *     exact
 * @param growthSteps steps without an overflow after which it doubles
 */
public record LossScaling(float initial, int growthSteps) {

  /** GradScaler's: 2^16, doubled after 2,000 steps. */
  public static final LossScaling DEFAULT = new LossScaling(1 << 16, 2_000);

  /**
   * Checks both.
   *
   * @throws albert.model.config.ConfigException naming what is wrong
   */
  public LossScaling {
    Range.require(
        initial > 0 && initial == Math.scalb(1f, Math.getExponent(initial)),
        "initial loss scale",
        initial,
        "a power of two");
    Range.require(growthSteps > 0, "growth steps", growthSteps, "above 0");
  }
}
