package albert.model.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.graph.VariableStore;
import albert.model.head.AlbertSpanHead;
import albert.model.head.Head;
import albert.model.head.SentenceHead;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.layer.EncoderInputs;
import albert.model.optim.OptimizerConfig;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import albert.model.testing.Golden;
import albert.model.testing.Tiny;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/** TensorFlow loads what is written, weights bit for bit, and computes the same. */
class SavedModelsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/hf");

  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "albert-pretraining",
        "albert-inner-group-2",
        "albert-classification",
        "albert-token-classification",
        "bert-pretraining",
        "bert-regression",
        "bert-question-answering",
        "bert-multiple-choice"
      })
  void isExactOnReload(String folder) throws IOException {
    isExactOnReload(ModelDirectory.read(GOLDEN.resolve(folder)));
  }

  @Test
  void albertsSpanHeadIsExactOnReload() throws IOException {
    isExactOnReload(new AlbertSpanHead(), HeadKind.CONDITIONAL_SPAN);
  }

  @Test
  void theHeadOfSentencesIsExactOnReload() throws IOException {
    isExactOnReload(new SentenceHead(), HeadKind.SENTENCE_SCORING);
  }

  private void isExactOnReload(Head head, HeadKind kind) throws IOException {
    EncoderConfig config = Tiny.config();
    try (TrainableModel trained =
        TrainableModel.build(
            config, List.of(head), OptimizerConfig.adamW(), RuntimeOptions.reproducible())) {
      trained.initialize(5);
      isExactOnReload(
          new LoadedModel(config, HeadDescription.of(kind), trained.weights(), null, List.of()));
    }
  }

  private void isExactOnReload(LoadedModel model) throws IOException {
    Path directory = temporary.resolve("saved");
    SavedModels.write(directory, model);
    try (SavedModelBundle bundle =
        SavedModelBundle.loader(directory.toString())
            .withTags(SavedModels.TAG)
            .withConfigProto(RuntimeOptions.reproducible().resolve().sessionConfig(1))
            .load()) {
      model
          .weights()
          .forEach((name, weight) -> assertThat(variable(bundle, name)).isEqualTo(weight));
      for (ServingSignature signature : ServingSignature.of(model)) {
        assertSame(bundle, signature, model);
      }
    }
  }

  private static void assertSame(
      SavedModelBundle bundle, ServingSignature signature, LoadedModel model) {
    Map<String, HostTensor> batch = new TreeMap<>();
    for (String input : signature.inputs()) {
      batch.put(input, input(input));
    }
    Map<String, FloatTensor> first = call(bundle, signature.name(), batch);
    assertThat(first.keySet()).isEqualTo(signature.outputs().keySet());
    assertThat(call(bundle, signature.name(), batch)).isEqualTo(first);
    try (FrozenModel frozen =
        FrozenModel.of(
            model.config(),
            ServingSignature.heads(model),
            model.weights(),
            RuntimeOptions.reproducible())) {
      frozen
          .predict(batch, first.keySet())
          .forEach(
              (name, expected) ->
                  Golden.assertClose(name, first.get(name), expected, Golden.FORWARD, 0));
    }
  }

  private static HostTensor input(String name) {
    int[] values =
        switch (name) {
          case EncoderInputs.INPUT_IDS -> IntStream.range(1, 13).toArray();
          case EncoderInputs.ATTENTION_MASK -> new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0};
          case EncoderInputs.TOKEN_TYPE_IDS -> new int[] {0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0};
          default -> new int[] {1, 3, 4, 0, 2, 1, 0, 5, 4, 3, 2, 1};
        };
    return IntTensor.of(values, 2, 6);
  }

  private static Map<String, FloatTensor> call(
      SavedModelBundle bundle, String signature, Map<String, HostTensor> batch) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    batch.forEach((name, tensor) -> inputs.put(name, HostTensors.toNative(tensor)));
    Map<String, FloatTensor> outputs = new TreeMap<>();
    try (Result result = bundle.function(signature).call(inputs)) {
      result.forEach(
          output ->
              outputs.put(output.getKey(), HostTensors.fromNative((TFloat32) output.getValue())));
    } finally {
      inputs.values().forEach(Tensor::close);
    }
    return outputs;
  }

  private static FloatTensor variable(SavedModelBundle bundle, String name) {
    try (Result result = bundle.session().runner().fetch(VariableStore.readName(name)).run()) {
      return HostTensors.fromNative((TFloat32) result.get(0));
    }
  }

  @Test
  void theTokenizerComesAlong() throws IOException {
    LoadedModel model = ModelDirectory.read(GOLDEN.resolve("bert-classification"));
    Path words = Files.writeString(temporary.resolve("vocab.txt"), "[PAD]\n");
    Path directory = temporary.resolve("saved");
    SavedModels.write(
        directory,
        new LoadedModel(model.config(), model.head(), model.weights(), words, List.of()));
    assertThat(directory.resolve("assets.extra/vocab.txt")).hasContent("[PAD]");
    try (var files = Files.walk(directory)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> directory.relativize(requireNonNull(file)).toString()))
          .containsExactlyInAnyOrder(
              "saved_model.pb",
              "assets.extra/vocab.txt",
              "variables/variables.index",
              "variables/variables.data-00000-of-00001");
    }
  }
}
