package albert.experiments.config;

import albert.model.compress.CompressedShape;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A checkpoint's architecture with the keys that someone set on top. Another embedding size or
 * other sharing means that the checkpoint is compressed.
 */
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
          "padding_idx",
          ConfigKeys.CLASSIFIER_POOLING);

  /** What a compression can change. */
  private static final List<String> COMPRESSED =
      List.of(
          "embedding_size", "sharing", "sharing_pattern", "groups", ConfigKeys.LAYER_DELTA_RANK);

  private CheckpointArchitecture() {}

  /** Whether an architecture is another one than the checkpoint's, so that weights don't fit. */
  static boolean isCompressed(EncoderConfig checkpoint, EncoderConfig encoder) {
    Map<String, Object> own = ConfigKeys.values(checkpoint);
    Map<String, Object> asked = ConfigKeys.values(encoder);
    return COMPRESSED.stream().anyMatch(key -> !Objects.equals(asked.get(key), own.get(key)));
  }

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
          if (!FREE.contains(key) && !COMPRESSED.contains(key) && !value.equals(own.get(key))) {
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
    Map<String, Object> shape = new HashMap<>(values);
    shape.keySet().retainAll(COMPRESSED);
    Map<String, Object> rest = new HashMap<>(values);
    rest.keySet().removeAll(COMPRESSED);
    rest.remove("model_type");
    return ConfigKeys.ENCODER.with(
        CompressedShape.of(checkpoint, ConfigKeys.ENCODER.with(checkpoint, shape)), rest);
  }
}
