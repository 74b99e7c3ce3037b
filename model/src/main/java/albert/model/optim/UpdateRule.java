package albert.model.optim;

import albert.model.config.ConfigException;
import albert.model.config.Range;

/**
 * How the weights of a model are updated from its gradients.
 *
 * @param optimizer what is done with a gradient
 * @param layerwiseLrDecay the learning rate of each layer is that of the layer above times this; 1
 *     for the same rate everywhere. See {@link LayerwiseRates}
 * @param headRateFactor what the heads' learning rate is multiplied by; 1 for that of the pooler
 * @param accumulates whether the gradients of several batches can be summed up to one update, which
 *     takes one more float32 a weight
 * @param lossScaling how the loss is scaled, in float16 alone
 */
public record UpdateRule(
    OptimizerConfig optimizer,
    double layerwiseLrDecay,
    double headRateFactor,
    boolean accumulates,
    LossScaling lossScaling) {

  /**
   * Checks both factors.
   *
   * @throws ConfigException if the decay is not above 0 and at most 1, or the heads' factor not
   *     above 0 and a float32
   */
  public UpdateRule {
    Range.positive("layerwise_lr_decay", layerwiseLrDecay, 1);
    Range.positive("head_rate_factor", headRateFactor, Float.MAX_VALUE);
  }

  /** With the usual scaling of the loss. */
  public UpdateRule(
      OptimizerConfig optimizer,
      double layerwiseLrDecay,
      double headRateFactor,
      boolean accumulates) {
    this(optimizer, layerwiseLrDecay, headRateFactor, accumulates, LossScaling.DEFAULT);
  }

  /** One batch an update, one rate for all weights. */
  public static UpdateRule of(OptimizerConfig optimizer) {
    return new UpdateRule(optimizer, 1, 1, false);
  }
}
