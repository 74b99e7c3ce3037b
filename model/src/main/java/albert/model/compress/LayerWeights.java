package albert.model.compress;

import albert.model.config.EncoderConfig;
import albert.model.config.LayerMapping;
import albert.model.io.BlockVariable;
import albert.model.tensor.FloatTensor;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * One half of a block, attention or feed-forward network, with the weights it has in one layer.
 *
 * @param variables of that half
 */
record LayerWeights(Map<BlockVariable, FloatTensor> variables) {

  /** Which half of a block. */
  enum Half {
    ATTENTION,
    FFN;

    boolean has(BlockVariable variable) {
      return variable.isAttention() == (this == ATTENTION);
    }

    int set(LayerMapping mapping, int layer) {
      return (this == ATTENTION ? mapping.attention() : mapping.ffn()).get(layer);
    }

    int sets(LayerMapping mapping) {
      return this == ATTENTION ? mapping.attentionSets() : mapping.ffnSets();
    }
  }

  LayerWeights {
    variables = new EnumMap<>(variables);
  }

  /** What a model's layer has, whether or not it shares it. */
  static LayerWeights of(
      EncoderConfig config, Map<String, FloatTensor> weights, Half half, int layer, int inner) {
    int set = half.set(LayerMapping.of(config), layer);
    Map<BlockVariable, FloatTensor> variables = new EnumMap<>(BlockVariable.class);
    for (BlockVariable variable : BlockVariable.values()) {
      if (half.has(variable)) {
        String name = variable.variableName(config.modelType(), set, inner);
        variables.put(variable, Objects.requireNonNull(weights.get(name), name));
      }
    }
    return new LayerWeights(variables);
  }

  FloatTensor get(BlockVariable variable) {
    return Objects.requireNonNull(variables.get(variable));
  }
}
