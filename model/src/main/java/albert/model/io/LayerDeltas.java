package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.config.LayerDelta;
import albert.model.config.LayerMapping;
import albert.model.config.ParameterSharing;
import albert.model.config.SharingPattern;
import albert.model.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What layers add to the kernels that they share, as weights: {@link LayerDelta}. */
public final class LayerDeltas {
  private LayerDeltas() {}

  /** The kernel that a delta is added to. */
  public static BlockVariable kernel(LayerDelta delta) {
    return switch (delta) {
      case QUERY -> BlockVariable.QUERY_KERNEL;
      case KEY -> BlockVariable.KEY_KERNEL;
      case VALUE -> BlockVariable.VALUE_KERNEL;
      case ATTENTION_OUTPUT -> BlockVariable.ATTENTION_OUTPUT_KERNEL;
      case INTERMEDIATE -> BlockVariable.FFN_KERNEL;
      case OUTPUT -> BlockVariable.FFN_OUTPUT_KERNEL;
    };
  }

  /** The shapes of a model's deltas, by the names of their variables. */
  public static Map<String, long[]> shapes(EncoderConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    int rank = config.layerDeltaRank();
    for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
      for (int inner = 0; inner < config.innerGroupNum(); inner++) {
        for (LayerDelta delta : LayerDelta.of(config)) {
          String name = delta.name(layer, inner);
          shapes.put(name + LayerDelta.A, new long[] {delta.in(config), rank});
          shapes.put(name + LayerDelta.B, new long[] {rank, delta.out(config)});
        }
      }
    }
    return shapes;
  }

  /**
   * A model that computes the same without deltas: every layer gets a copy of the weights that it
   * shares, with what it adds to them. A model without deltas is returned as it is.
   */
  public static LoadedModel folded(LoadedModel model) {
    EncoderConfig config = model.config();
    if (config.layerDeltaRank() == 0) {
      return model;
    }
    EncoderConfig unshared =
        config.toBuilder()
            .layerDeltaRank(0)
            .sharing(ParameterSharing.NONE)
            .groups(1)
            .sharingPattern(SharingPattern.SEQUENCE)
            .build();
    Map<String, FloatTensor> weights = new LinkedHashMap<>(model.weights());
    weights.keySet().removeAll(shapes(config).keySet());
    weights.keySet().removeIf(name -> name.startsWith("bert/encoder/transformer/"));
    weights.keySet().removeIf(name -> name.startsWith("bert/encoder/layer_"));
    for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
      for (int inner = 0; inner < config.innerGroupNum(); inner++) {
        weights.putAll(block(model, layer, inner));
      }
    }
    return new LoadedModel(unshared, model.head(), weights, model.tokenizerFile(), model.notes());
  }

  /** The variables of a block under the names that they have without sharing. */
  private static Map<String, FloatTensor> block(LoadedModel model, int layer, int inner) {
    EncoderConfig config = model.config();
    LayerMapping mapping = LayerMapping.of(config);
    Map<String, FloatTensor> block = new LinkedHashMap<>();
    for (BlockVariable variable : BlockVariable.values()) {
      int set = (variable.isAttention() ? mapping.attention() : mapping.ffn()).get(layer);
      block.put(
          variable.variableName(config.modelType(), layer, inner),
          weight(model, variable.variableName(config.modelType(), set, inner)));
    }
    for (LayerDelta delta : LayerDelta.of(config)) {
      String name = delta.name(layer, inner);
      block.merge(
          kernel(delta).variableName(config.modelType(), layer, inner),
          product(weight(model, name + LayerDelta.A), weight(model, name + LayerDelta.B)),
          LayerDeltas::sum);
    }
    return block;
  }

  private static FloatTensor weight(LoadedModel model, String name) {
    return Objects.requireNonNull(model.weights().get(name), name);
  }

  private static FloatTensor product(FloatTensor a, FloatTensor b) {
    int rows = (int) a.shape()[0];
    int rank = (int) a.shape()[1];
    int columns = (int) b.shape()[1];
    float[] values = new float[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < rank; k++) {
        float factor = a.values()[i * rank + k];
        for (int j = 0; j < columns; j++) {
          values[i * columns + j] += factor * b.values()[k * columns + j];
        }
      }
    }
    return FloatTensor.of(values, rows, columns);
  }

  private static FloatTensor sum(FloatTensor x, FloatTensor y) {
    float[] values = x.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += y.values()[i];
    }
    return FloatTensor.of(values, x.shape());
  }
}
