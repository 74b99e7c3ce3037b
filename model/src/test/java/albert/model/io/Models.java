package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.LayerMapping;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.io.ModelVariable.Part;
import albert.model.tensor.FloatTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small models with random weights, and a comparison that sees through names. */
final class Models {
  private Models() {}

  static EncoderConfig.Builder tiny(ModelType type, ParameterSharing sharing) {
    return EncoderConfig.builder()
        .modelType(type)
        .vocabSize(11)
        .embeddingSize(type == ModelType.ALBERT ? 4 : 6)
        .hiddenSize(6)
        .numHiddenLayers(4)
        .sharing(sharing)
        .groups(sharing == ParameterSharing.NONE ? 1 : 2)
        .innerGroupNum(1)
        .numAttentionHeads(2)
        .intermediateSize(10)
        .hiddenAct(HiddenAct.GELU_NEW)
        .maxPositionEmbeddings(8)
        .projectEqualSizes(false);
  }

  /** A model whose weights are drawn from a seed. */
  static LoadedModel random(EncoderConfig config, HeadKind kind, long seed) {
    return random(
        config,
        kind.hasClasses()
            ? new HeadDescription(
                kind,
                List.of("no", "yes", "perhaps"),
                kind.hasTags() ? List.of("O", "B-place") : List.of())
            : HeadDescription.of(kind),
        seed);
  }

  static LoadedModel random(EncoderConfig config, HeadDescription head, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    for (ModelVariable variable : ModelVariable.values()) {
      boolean wanted =
          variable.part() == Part.EMBEDDINGS
              || (variable.part() == Part.POOLER && config.hasPooler())
              || (variable.part() == Part.PROJECTION && config.hasEmbeddingProjection())
              || head.parts().contains(variable.part());
      if (wanted) {
        weights.put(variable.variableName(), random(random, variable.shape(config, head)));
      }
    }
    LayerMapping mapping = LayerMapping.of(config);
    for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
      for (int inner = 0; inner < config.innerGroupNum(); inner++) {
        for (BlockVariable variable : BlockVariable.values()) {
          weights.computeIfAbsent(
              variable.variableName(config.modelType(), set(mapping, variable, layer), inner),
              name -> random(random, variable.shape(config)));
        }
      }
    }
    LayerDeltas.shapes(config).forEach((name, shape) -> weights.put(name, random(random, shape)));
    return new LoadedModel(config, head, weights, null, List.of());
  }

  private static FloatTensor random(SplittableRandom random, long[] shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return new FloatTensor(shape, values);
  }

  private static int set(LayerMapping mapping, BlockVariable variable, int layer) {
    return (variable.isAttention() ? mapping.attention() : mapping.ffn()).get(layer);
  }

  /** Every block that is applied has the same weights in both, and so has the rest. */
  static void assertSameComputation(LoadedModel got, LoadedModel expected) {
    assertThat(got.config().blocksApplied()).isEqualTo(expected.config().blocksApplied());
    assertThat(got.config().hiddenAct()).isEqualTo(expected.config().hiddenAct());
    assertThat(got.head()).isEqualTo(expected.head());
    for (ModelVariable variable : ModelVariable.values()) {
      FloatTensor wanted = expected.weights().get(variable.variableName());
      if (wanted != null) {
        assertThat(got.weights().get(variable.variableName())).isEqualTo(wanted);
      }
    }
    for (int block = 0; block < expected.config().blocksApplied(); block++) {
      for (BlockVariable variable : BlockVariable.values()) {
        assertThat(got.weights().get(name(got.config(), variable, block)))
            .isNotNull()
            .isEqualTo(expected.weights().get(name(expected.config(), variable, block)));
      }
    }
  }

  private static String name(EncoderConfig config, BlockVariable variable, int block) {
    int layer = block / config.innerGroupNum();
    return variable.variableName(
        config.modelType(),
        set(LayerMapping.of(config), variable, layer),
        block % config.innerGroupNum());
  }
}
