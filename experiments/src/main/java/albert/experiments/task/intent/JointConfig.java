package albert.experiments.task.intent;

import static albert.model.config.Range.atLeast;

import albert.model.config.ConfigException;

/**
 * How intents and slots are learnt together.
 *
 * @param intentLossWeight of the intents' term of the loss, 0 or more
 * @param slotLossWeight of the slots' term of the loss, 0 or more
 */
public record JointConfig(double intentLossWeight, double slotLossWeight) {
  /** Both terms count alike. */
  public static final JointConfig DEFAULT = new JointConfig(1, 1);

  /**
   * Checks both.
   *
   * @throws ConfigException naming the key, the value found and what is allowed
   */
  public JointConfig {
    atLeast("intent_loss_weight", intentLossWeight, 0);
    atLeast("slot_loss_weight", slotLossWeight, 0);
    if (intentLossWeight == 0 && slotLossWeight == 0) {
      throw new ConfigException(
          "slot_loss_weight",
          "slot_loss_weight and intent_loss_weight are both 0, so that there is nothing to learn");
    }
  }
}
