package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.config.SharingPattern;
import albert.model.head.ClassificationHead;
import albert.model.optim.OptimizerConfig;
import albert.model.runtime.Outputs;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model with deltas against the one whose layers have the sums as weights of their own. */
final class LayerDeltasTest {
  private static final String KERNEL_OF_LAYER_1 =
      "bert/encoder/transformer/group_1/inner_group_0/ffn_1/intermediate/dense/kernel";
  private static final String DELTA_OF_LAYER_1 =
      "bert/encoder/layer_delta_1/inner_group_0/intermediate";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void computesWhatTheSumsCompute(ParameterSharing sharing) {
    LoadedModel model = model(sharing);
    LoadedModel folded = LayerDeltas.folded(model);
    assertThat(folded.config().layerDeltaRank()).isZero();
    assertThat(folded.config().sharing()).isEqualTo(ParameterSharing.NONE);
    try (TrainableModel deltas = trainable(model);
        TrainableModel plain = trainable(folded)) {
      for (String output : List.of(Outputs.SEQUENCE, ClassificationHead.LOSS)) {
        Golden.assertClose(
            output,
            only(deltas.predict(batch(), List.of(output))),
            only(plain.predict(batch(), List.of(output))),
            1e-5,
            0);
      }
    }
  }

  /** With dW the gradient of a sum of kernel and delta, dA = dW Bᵀ, dB = Aᵀ dW. */
  @Test
  void gradientsAreThoseOfTheSums() {
    LoadedModel model = model(ParameterSharing.ALL);
    try (TrainableModel deltas = trainable(model);
        TrainableModel plain = trainable(LayerDeltas.folded(model))) {
      SortedMap<String, FloatTensor> got = deltas.gradients(batch(), 0);
      SortedMap<String, FloatTensor> ofSums = plain.gradients(batch(), 0);
      FloatTensor dw = Objects.requireNonNull(ofSums.get(KERNEL_OF_LAYER_1));
      FloatTensor a = Objects.requireNonNull(model.weights().get(DELTA_OF_LAYER_1 + "/lora_a"));
      FloatTensor b = Objects.requireNonNull(model.weights().get(DELTA_OF_LAYER_1 + "/lora_b"));
      assertGradient(got.get(DELTA_OF_LAYER_1 + "/lora_a"), product(dw, b.transposed()));
      assertGradient(got.get(DELTA_OF_LAYER_1 + "/lora_b"), product(a.transposed(), dw));
    }
  }

  @Test
  void publishedFormatsGetTheSums() throws IOException {
    LoadedModel model = model(ParameterSharing.ALL);
    LoadedModel folded = LayerDeltas.folded(model);
    Path huggingFace = directory.resolve("hf");
    assertThat(HuggingFaceDirectory.write(huggingFace, model).get(0)).contains("layer_delta_rank");
    Models.assertSameComputation(HuggingFaceDirectory.read(huggingFace), folded);
    Path google = directory.resolve("google");
    assertThat(GoogleDirectory.write(google, model).get(0)).contains("layer_delta_rank");
    Models.assertSameComputation(GoogleDirectory.read(google), folded);
  }

  private static LoadedModel model(ParameterSharing sharing) {
    EncoderConfig config =
        Models.tiny(ModelType.ALBERT, sharing)
            .sharingPattern(SharingPattern.CYCLE)
            .classifierDropoutProb(0)
            .layerDeltaRank(2)
            .build();
    return Models.random(config, HeadKind.CLASSIFICATION, 11);
  }

  private static TrainableModel trainable(LoadedModel model) {
    TrainableModel trainable =
        TrainableModel.build(
            model.config(),
            List.of(new ClassificationHead(3)),
            OptimizerConfig.adamW(),
            RuntimeOptions.reproducible());
    trainable.initialize(1);
    trainable.assign(new TreeMap<>(model.weights()));
    return trainable;
  }

  private static Map<String, HostTensor> batch() {
    return Map.of(
        "input_ids",
        IntTensor.of(new int[] {1, 5, 7, 2, 9, 0}, 2, 3),
        "attention_mask",
        IntTensor.of(new int[] {1, 1, 1, 1, 1, 0}, 2, 3),
        "token_type_ids",
        IntTensor.of(new int[6], 2, 3),
        ClassificationHead.LABELS,
        IntTensor.of(new int[] {2, 0}, 2));
  }

  private static FloatTensor only(Map<String, FloatTensor> outputs) {
    return outputs.values().iterator().next();
  }

  private static void assertGradient(@Nullable FloatTensor got, FloatTensor expected) {
    Golden.assertClose(
        "gradient",
        Objects.requireNonNull(got),
        expected,
        Golden.GRADIENT,
        Golden.GRADIENT_ABSOLUTE);
  }

  private static FloatTensor product(FloatTensor x, FloatTensor y) {
    int rows = (int) x.shape()[0];
    int inner = (int) x.shape()[1];
    int columns = (int) y.shape()[1];
    float[] values = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += (double) x.values()[i * inner + k] * y.values()[k * columns + j];
        }
        values[i * columns + j] = (float) sum;
      }
    }
    return FloatTensor.of(values, rows, columns);
  }
}
