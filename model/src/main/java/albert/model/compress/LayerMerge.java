package albert.model.compress;

import albert.model.compress.LayerWeights.Half;
import albert.model.config.EncoderConfig;
import albert.model.config.LayerMapping;
import albert.model.io.BlockVariable;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes one set of weights of those that the layers of a group have. */
public enum LayerMerge {
  /** The mean of the layers' weights as they stand. */
  MEAN,
  /** The mean after the units of every layer are ordered like the group's first layer's. */
  ALIGNED,
  /** The weights of the middle layer alone; of an even number, of the lower of the two. */
  MIDDLE;

  /**
   * The blocks of a model with other sharing. Where all layers of a group have the same weights
   * already, or there is only one, they are taken as they are.
   *
   * @param source with its weights
   * @param target as {@link CompressedShape} gives it
   * @return variables by name
   */
  Map<String, FloatTensor> blocks(
      EncoderConfig source,
      Map<String, FloatTensor> weights,
      EncoderConfig target,
      RuntimeOptions options) {
    Map<String, FloatTensor> merged = new TreeMap<>();
    LayerMapping mapping = LayerMapping.of(target);
    try (UnitAlignment alignment = new UnitAlignment(source.numAttentionHeads(), options)) {
      for (Half half : Half.values()) {
        for (int set = 0; set < half.sets(mapping); set++) {
          for (int inner = 0; inner < target.innerGroupNum(); inner++) {
            List<LayerWeights> layers = new ArrayList<>();
            for (int layer = 0; layer < target.numHiddenLayers(); layer++) {
              if (half.set(mapping, layer) == set) {
                layers.add(LayerWeights.of(source, weights, half, layer, inner));
              }
            }
            put(merged, target, set, inner, merge(layers, alignment));
          }
        }
      }
    }
    return merged;
  }

  private static void put(
      Map<String, FloatTensor> merged,
      EncoderConfig target,
      int set,
      int inner,
      LayerWeights layer) {
    layer
        .variables()
        .forEach(
            (variable, tensor) ->
                merged.put(variable.variableName(target.modelType(), set, inner), tensor));
  }

  private LayerWeights merge(List<LayerWeights> layers, UnitAlignment alignment) {
    LayerWeights first = layers.get(0);
    if (layers.stream().distinct().count() == 1) {
      return first;
    }
    if (this == MIDDLE) {
      return layers.get((layers.size() - 1) / 2);
    }
    List<LayerWeights> ordered = new ArrayList<>();
    for (LayerWeights layer : layers) {
      ordered.add(
          this == ALIGNED && !layer.equals(first) ? alignment.aligned(layer, first) : layer);
    }
    Map<BlockVariable, FloatTensor> mean = new EnumMap<>(BlockVariable.class);
    first
        .variables()
        .forEach(
            (variable, tensor) ->
                mean.put(
                    variable, mean(ordered.stream().map(layer -> layer.get(variable)).toList())));
    return new LayerWeights(mean);
  }

  private static FloatTensor mean(List<FloatTensor> tensors) {
    float[] mean = new float[tensors.get(0).size()];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (FloatTensor tensor : tensors) {
        sum += tensor.values()[i];
      }
      mean[i] = (float) (sum / tensors.size());
    }
    return FloatTensor.of(mean, tensors.get(0).shape());
  }
}
