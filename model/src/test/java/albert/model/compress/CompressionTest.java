package albert.model.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.config.LayerDelta;
import albert.model.config.LayerMapping;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.io.BlockVariable;
import albert.model.io.HeadDescription;
import albert.model.io.LayerDeltas;
import albert.model.io.LoadedModel;
import albert.model.layer.EncoderInputs;
import albert.model.optim.OptimizerConfig;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.Outputs;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compression in closed form, on a small BERT with random weights. */
final class CompressionTest {
  private static final RuntimeOptions EXACT = RuntimeOptions.reproducible();
  private static final double ROUNDING = 2e-5;

  private static final EncoderConfig CONFIG =
      EncoderPreset.MINI_BERT.config().toBuilder()
          .vocabSize(60)
          .embeddingSize(16)
          .hiddenSize(16)
          .intermediateSize(24)
          .numAttentionHeads(4)
          .maxPositionEmbeddings(10)
          .initializerRange(0.3)
          .build();

  private static LoadedModel source;

  @BeforeAll
  static void draw() {
    try (TrainableModel model =
        TrainableModel.build(
            CONFIG, List.<Head>of(new ClassificationHead(2)), OptimizerConfig.adamW(), EXACT)) {
      model.initialize(3);
      Map<String, FloatTensor> weights = new TreeMap<>(model.weights());
      Random random = new Random(4);
      weights.replaceAll(
          (name, tensor) -> {
            float[] moved = tensor.values().clone();
            for (int i = 0; i < moved.length; i++) {
              moved[i] += (float) (0.1 * random.nextGaussian());
            }
            return FloatTensor.of(moved, tensor.shape());
          });
      weights.keySet().removeIf(name -> name.startsWith("output_"));
      source = new LoadedModel(CONFIG, HeadDescription.NONE, weights, null, List.of());
    }
  }

  @Test
  void theSameShapeIsTheSameModel() {
    EncoderConfig same = shape(CONFIG, 16, ParameterSharing.NONE, 1);
    assertThat(same).isEqualTo(CONFIG);
    Compression compression = compress(same, LayerMerge.ALIGNED);
    assertThat(compression.embeddingError()).isZero();
    assertThat(compression.model().weights()).isEqualTo(source.weights());
  }

  /** Through tables, layer norm and projection, which are not the source's own. */
  @Test
  void aFactorisationOfFullWidthLosesNothing() {
    EmbeddingFactorisation.Factors factors =
        EmbeddingFactorisation.fit(CONFIG, source.weights(), 16, samples(2_000), EXACT);
    assertThat(factors.error()).isLessThan(1e-9);
    EncoderConfig projected =
        CONFIG.toBuilder().modelType(ModelType.ALBERT).projectEqualSizes(true).build();
    Map<String, FloatTensor> weights =
        new TreeMap<>(LayerMerge.MEAN.blocks(CONFIG, source.weights(), projected, EXACT));
    weights.putAll(factors.variables());
    assertThat(distance(run(projected, weights), run(CONFIG, source.weights())))
        .isLessThan(ROUNDING);
  }

  @Test
  void aWiderFactorisationLosesLess() {
    double before = 1;
    for (int size : new int[] {2, 4, 8, 12, 15, 16}) {
      double error =
          EmbeddingFactorisation.fit(CONFIG, source.weights(), size, samples(2_000), EXACT).error();
      assertThat(error).as("E %d", size).isLessThan(before);
      before = error;
    }
  }

  /** Rank 16 is that of the kernels. */
  @Test
  void deltasBringTheLayersBack() {
    double before = Double.MAX_VALUE;
    for (int rank : new int[] {0, 1, 4, 8, 16}) {
      EncoderConfig target =
          shape(CONFIG, 16, ParameterSharing.ALL, 1).toBuilder().layerDeltaRank(rank).build();
      LoadedModel folded = LayerDeltas.folded(compress(target, LayerMerge.MEAN).model());
      double error = kernelError(folded);
      assertThat(error).as("rank %d", rank).isLessThan(before);
      before = error;
    }
    assertThat(before).isLessThan(1e-8);
  }

  /** What is left of a kernel's difference are its smaller singular values: an SVD by hand. */
  @Test
  void deltasAreTheTruncatedDecomposition() {
    EncoderConfig target =
        shape(CONFIG, 16, ParameterSharing.ALL, 1).toBuilder().layerDeltaRank(15).build();
    EncoderConfig full = target.toBuilder().layerDeltaRank(16).build();
    double least = kernelError(LayerDeltas.folded(compress(target, LayerMerge.MEAN).model()));
    double none = kernelError(LayerDeltas.folded(compress(full, LayerMerge.MEAN).model()));
    double all =
        kernelError(compress(shape(CONFIG, 16, ParameterSharing.ALL, 1), LayerMerge.MEAN).model());
    assertThat(least).isBetween(none, all / 16);
  }

  @Test
  void deltasStayWhereTheSharingStays() {
    EncoderConfig shared =
        shape(CONFIG, 16, ParameterSharing.ALL, 2).toBuilder().layerDeltaRank(3).build();
    LoadedModel first = compress(shared, LayerMerge.MEAN).model();
    EncoderConfig narrow = shared.toBuilder().embeddingSize(8).build();
    Map<String, FloatTensor> again =
        Compression.of(first, narrow, LayerMerge.MEAN, samples(500), EXACT).model().weights();
    first.weights().keySet().stream()
        .filter(name -> name.contains("/layer_delta_") || name.contains("/transformer/"))
        .forEach(name -> assertThat(again.get(name)).isEqualTo(first.weights().get(name)));
  }

  /** Sum of the squared differences between the source's kernels and a model's. */
  private static double kernelError(LoadedModel model) {
    double error = 0;
    LayerMapping mapping = LayerMapping.of(model.config());
    for (int layer = 0; layer < CONFIG.numHiddenLayers(); layer++) {
      for (LayerDelta delta : LayerDelta.values()) {
        BlockVariable kernel = LayerDeltas.kernel(delta);
        int set = mapping.ffn().get(layer);
        float[] wanted = weight(source, kernel.variableName(CONFIG.modelType(), layer, 0));
        float[] got = weight(model, kernel.variableName(model.config().modelType(), set, 0));
        for (int i = 0; i < wanted.length; i++) {
          error += Math.pow(wanted[i] - got[i], 2);
        }
      }
    }
    return error;
  }

  private static float[] weight(LoadedModel model, String name) {
    return Objects.requireNonNull(model.weights().get(name), name).values();
  }

  @ParameterizedTest
  @EnumSource(LayerMerge.class)
  void everyLayerOfAGroupGetsTheGroupsWeights(LayerMerge merge) {
    for (ParameterSharing sharing : ParameterSharing.values()) {
      int groups = sharing == ParameterSharing.NONE ? 1 : 2;
      EncoderConfig target = shape(CONFIG, 8, sharing, groups);
      LoadedModel model = compress(target, merge).model();
      assertThat(model.config()).isEqualTo(target);
      assertThat(target.modelType()).isEqualTo(ModelType.ALBERT);
      LayerMapping mapping = LayerMapping.of(target);
      long sets = 10L * mapping.attentionSets() + 6L * mapping.ffnSets();
      assertThat(model.weights().keySet().stream().filter(n -> n.contains("/transformer/")))
          .as("%s", sharing)
          .hasSize((int) sets);
      assertThat(run(target, model.weights()).values()).doesNotContain(Float.NaN);
    }
  }

  @Test
  void theMeanIsTheMean() {
    EncoderConfig target = shape(CONFIG, 16, ParameterSharing.FFN, 2);
    Map<String, FloatTensor> weights = compress(target, LayerMerge.MEAN).model().weights();
    FloatTensor third = weight(source.weights(), name(CONFIG, BlockVariable.FFN_KERNEL, 2));
    FloatTensor fourth = weight(source.weights(), name(CONFIG, BlockVariable.FFN_KERNEL, 3));
    FloatTensor mean = weight(weights, name(target, BlockVariable.FFN_KERNEL, 1));
    assertThat(mean.values()[5])
        .isEqualTo((float) (((double) third.values()[5] + fourth.values()[5]) / 2));
    assertThat(weights.get(name(target, BlockVariable.QUERY_KERNEL, 3)))
        .isEqualTo(weight(source.weights(), name(CONFIG, BlockVariable.QUERY_KERNEL, 3)));
  }

  @Test
  void theMiddleOfFourIsTheSecondAndOfTwoTheFirst() {
    for (int groups : new int[] {1, 2}) {
      EncoderConfig target = shape(CONFIG, 16, ParameterSharing.FFN, groups);
      Map<String, FloatTensor> weights = compress(target, LayerMerge.MIDDLE).model().weights();
      for (int group = 0; group < groups; group++) {
        int middle = groups == 1 ? 1 : 2 * group;
        assertThat(weight(weights, name(target, BlockVariable.FFN_KERNEL, group)))
            .as("group %d of %d", group, groups)
            .isEqualTo(weight(source.weights(), name(CONFIG, BlockVariable.FFN_KERNEL, middle)));
      }
    }
  }

  /** Layers that differ in the order of their units alone: aligned, their mean is each of them. */
  @Test
  void alignmentUndoesAnyOrderOfTheUnits() {
    Map<String, FloatTensor> shuffled = new TreeMap<>(source.weights());
    int[] heads = {2, 0, 3, 1};
    int[] units = new Random(1).ints(0, 24).distinct().limit(24).toArray();
    for (BlockVariable variable : BlockVariable.values()) {
      FloatTensor first = weight(source.weights(), name(CONFIG, variable, 0));
      shuffled.put(
          name(CONFIG, variable, 1),
          reordered(variable, first, variable.isAttention() ? heads : units));
      for (int layer = 2; layer < 4; layer++) {
        shuffled.put(name(CONFIG, variable, layer), first);
      }
    }
    EncoderConfig target = shape(CONFIG, 16, ParameterSharing.ALL, 1);
    LoadedModel model = new LoadedModel(CONFIG, HeadDescription.NONE, shuffled, null, List.of());
    FloatTensor wanted = run(CONFIG, shuffled);
    Map<String, FloatTensor> aligned =
        Compression.of(model, target, LayerMerge.ALIGNED, Map.of(), EXACT).model().weights();
    assertThat(distance(run(target, aligned), wanted)).isLessThan(ROUNDING);
    Map<String, FloatTensor> mean =
        Compression.of(model, target, LayerMerge.MEAN, Map.of(), EXACT).model().weights();
    assertThat(distance(run(target, mean), wanted)).isGreaterThan(0.05);
  }

  @Test
  void equalCompressionsAreEqualBitForBit() {
    EncoderConfig target = shape(CONFIG, 8, ParameterSharing.ALL, 2);
    assertThat(compress(target, LayerMerge.ALIGNED).model().weights())
        .isEqualTo(compress(target, LayerMerge.ALIGNED).model().weights());
  }

  @ParameterizedTest
  @CsvSource({
    "17, ALL, 1, embedding_size is 17",
    "1, ALL, 1, embedding_size is 1",
    "0, ALL, 1, embedding_size is 0",
    "8, ALL, 3, num_hidden_layers 4 is not a multiple of groups 3",
    "8, NONE, 2, groups is 2"
  })
  void whatCantBeIsRefusedByName(
      int embeddingSize, ParameterSharing sharing, int groups, String words) {
    assertThatThrownBy(() -> shape(CONFIG, embeddingSize, sharing, groups))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(words);
  }

  @Test
  void embeddingsAreFactorisedOnce() {
    EncoderConfig factorised = shape(CONFIG, 8, ParameterSharing.NONE, 1);
    assertThatThrownBy(() -> shape(factorised, 4, ParameterSharing.NONE, 1))
        .hasMessageContaining("factorised already");
    assertThat(shape(factorised, 8, ParameterSharing.ALL, 1).sharing())
        .isEqualTo(ParameterSharing.ALL);
  }

  private static EncoderConfig shape(
      EncoderConfig from, int embeddingSize, ParameterSharing sharing, int groups) {
    return CompressedShape.of(
        from,
        from.toBuilder().embeddingSize(embeddingSize).sharing(sharing).groups(groups).build());
  }

  private static Compression compress(EncoderConfig target, LayerMerge merge) {
    return Compression.of(source, target, merge, samples(1_000), EXACT);
  }

  private static Map<String, HostTensor> samples(int count) {
    Random random = new Random(2);
    return Map.of(
        Compression.WORDS, IntTensor.of(random.ints(count, 0, 60).toArray(), count),
        Compression.POSITIONS, IntTensor.of(random.ints(count, 0, 10).toArray(), count),
        Compression.TYPES, IntTensor.of(random.ints(count, 0, 2).toArray(), count));
  }

  private static FloatTensor run(EncoderConfig config, Map<String, FloatTensor> weights) {
    Random random = new Random(6);
    Map<String, HostTensor> batch =
        Map.of(
            EncoderInputs.INPUT_IDS, IntTensor.of(random.ints(60, 0, 60).toArray(), 6, 10),
            EncoderInputs.ATTENTION_MASK, IntTensor.of(ones(60), 6, 10),
            EncoderInputs.TOKEN_TYPE_IDS, IntTensor.of(random.ints(60, 0, 2).toArray(), 6, 10));
    try (FrozenModel model = FrozenModel.of(config, List.of(), weights, EXACT)) {
      return weight(model.predict(batch, List.of(Outputs.SEQUENCE)), Outputs.SEQUENCE);
    }
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double distance(FloatTensor x, FloatTensor y) {
    double most = 0;
    for (int i = 0; i < x.size(); i++) {
      most = Math.max(most, Math.abs(x.values()[i] - y.values()[i]));
    }
    return most;
  }

  private static FloatTensor weight(Map<String, FloatTensor> weights, String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  private static String name(EncoderConfig config, BlockVariable variable, int set) {
    return variable.variableName(config.modelType(), set, 0);
  }

  /** The variable with its units in another order, written without the code under test. */
  private static FloatTensor reordered(BlockVariable variable, FloatTensor tensor, int[] order) {
    boolean rows =
        variable == BlockVariable.ATTENTION_OUTPUT_KERNEL
            || variable == BlockVariable.FFN_OUTPUT_KERNEL;
    boolean columns = variable.name().matches("(QUERY|KEY|VALUE)_(KERNEL|BIAS)|FFN_(KERNEL|BIAS)");
    if (!rows && !columns) {
      return tensor;
    }
    long[] shape = tensor.shape();
    int width = (int) shape[shape.length - 1];
    int height = tensor.size() / width;
    int block = (rows ? height : width) / order.length;
    float[] to = new float[tensor.size()];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int at = rows ? row : column;
        int from = order[at / block] * block + at % block;
        to[row * width + column] =
            rows ? tensor.values()[from * width + column] : tensor.values()[row * width + from];
      }
    }
    return FloatTensor.of(to, shape);
  }
}
