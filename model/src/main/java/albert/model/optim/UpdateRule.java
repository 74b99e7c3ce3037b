package albert.model.optim;

import albert.model.config.ConfigException;
import java.util.Locale;

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
    if (!(layerwiseLrDecay > 0 && layerwiseLrDecay <= 1)) {
      throw new ConfigException(
          "layerwise_lr_decay",
          String.format(
              Locale.ROOT,
              "layerwise_lr_decay is %s, allowed are above 0 up to 1",
              layerwiseLrDecay));
    }
  }

  /** One batch an update, one rate for all layers. */
  public static UpdateRule of(OptimizerConfig optimizer) {
    return new UpdateRule(optimizer, 1, false);
  }
}
