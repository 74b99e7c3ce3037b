package albert.model.optim;

import albert.model.config.BlockNames;
import albert.model.config.EncoderConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Learning rates that fall from the top of a model to its bottom: "discriminative fine-tuning"
 * (ULMFiT, arXiv 1801.06146, section 3.2; google-research/electra, {@code optimization.py}, {@code
 * _get_layer_lrs}).
 *
 * <p>With L layers and decay d, the pooler and the heads have the factor 1, layer i of 0 to L - 1
 * has {@code d^(L - i)}, the embeddings have {@code d^(L + 1)}: with L = 2 and d = 0.5 heads 1,
 * layer 1 0.5, layer 0 0.25, embeddings 0.125. Weights that several layers share have the factor of
 * the highest of them, so that in ALBERT, where all layers share one set, the decay sets the rate
 * of layers and embeddings apart and nothing else.
 *
 * <p>The heads, that is all weights above encoder and pooler, can have a factor of their own
 * instead of 1: a head that starts anew wants a higher rate than what is pretrained (SetFit, {@code
 * TrainingArguments.head_learning_rate}).
 */
public final class LayerwiseRates implements ToDoubleFunction<String> {
  /** What the names of all weights of encoder and pooler begin with, and no other. */
  private static final String ENCODER = "bert/";

  private final double decay;
  private final double head;
  private final int layers;
  private final Map<String, Integer> highestLayer = new HashMap<>();

  /**
   * Factors for a model.
   *
   * @param decay above 0, at most 1
   * @param head what the heads have instead of 1
   */
  public LayerwiseRates(EncoderConfig config, double decay, double head) {
    this.decay = decay;
    this.head = head;
    this.layers = config.numHiddenLayers();
    for (int layer = 0; layer < layers; layer++) {
      for (int inner = 0; inner < config.innerGroupNum(); inner++) {
        int highest = layer;
        parts(BlockNames.of(config, layer, inner)).forEach(part -> highestLayer.put(part, highest));
      }
    }
  }

  /** The factor of a variable. */
  @Override
  public double applyAsDouble(String variable) {
    return variable.startsWith(ENCODER)
        ? Math.pow(decay, layers - (double) height(variable))
        : head;
  }

  /** Number of the layer; -1 for the embeddings, L for the pooler. */
  private int height(String variable) {
    if (variable.startsWith("bert/embeddings/")
        || variable.startsWith("bert/encoder/embedding_hidden_mapping_in/")) {
      return -1;
    }
    String part = variable.substring(0, Math.max(0, variable.lastIndexOf('/')));
    return highestLayer.getOrDefault(part, layers);
  }

  private static Stream<String> parts(BlockNames names) {
    Stream<String> dense =
        Stream.of(
                names.query(),
                names.key(),
                names.value(),
                names.attentionOutput(),
                names.intermediate(),
                names.output())
            .flatMap(layer -> Stream.of(layer.name(), layer.delta()))
            .filter(Objects::nonNull);
    return Stream.concat(dense, Stream.of(names.attentionLayerNorm(), names.outputLayerNorm()));
  }
}
