package albert.model.optim;

import albert.model.config.ConfigException;
import albert.model.config.Range;

/**
 * How the weights of a model are updated from its gradients.
 *
 * @param optimizer what is done with a gradient
 * @param layerwiseLrDecay the learning rate of each layer is that of the layer above times this; 1
 *     for the same rate everywhere. See {@link LayerwiseRates}
 * @param accumulates whether the gradients of several batches can be summed up to one update, which
 *     takes one more float32 a weight
 */
public record UpdateRule(OptimizerConfig optimizer, double layerwiseLrDecay, boolean accumulates) {

  /**
   * Checks the decay.
   *
   * @throws ConfigException if it is not above 0 and at most 1
   */
  public UpdateRule {
    Range.positive("layerwise_lr_decay", layerwiseLrDecay, 1);
  }

  /** One batch an update, one rate for all layers. */
  public static UpdateRule of(OptimizerConfig optimizer) {
    return new UpdateRule(optimizer, 1, false);
  }
}
