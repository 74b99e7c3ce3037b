package albert.experiments.config;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A checkpoint's architecture with the keys that someone set on top. */
final class CheckpointArchitecture {

  /** What may differ from the checkpoint's: every weight keeps its shape and its place. */
  private static final List<String> FREE =
      List.of(
          "hidden_act",
          "hidden_dropout_prob",
          "attention_probs_dropout_prob",
          "classifier_dropout_prob",
          "initializer_range",
          "layer_norm_eps",
          "ffn_output_dropout",
          "padding_idx");

  private CheckpointArchitecture() {}

  /**
   * The architecture that results.
   *
   * @param model the checkpoint's name, for messages
   * @param checkpoint its architecture
   * @param values what was set, by key
   * @throws ConfigException if a key contradicts the checkpoint
   */
  static EncoderConfig resolve(String model, EncoderConfig checkpoint, Map<String, Object> values) {
    Map<String, Object> own = ConfigKeys.values(checkpoint);
    values.forEach(
        (key, value) -> {
          if (!FREE.contains(key) && !value.equals(own.get(key))) {
            throw new ConfigException(
                key,
                String.format(
                    Locale.ROOT,
                    "%s is %s, but the checkpoint %s has %s, and its weights fit no other",
                    key,
                    value,
                    model,
                    own.get(key)));
          }
        });
    return ConfigKeys.ENCODER.with(checkpoint, values);
  }
}
