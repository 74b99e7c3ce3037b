package albert.model.io;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.io.file.ModelFileException;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Masked LMs whose decoder is not the word embeddings, as transformers 5.24 reads and writes them.
 */
class UntiedDecoderTest {
  private static final Path UNTIED = Path.of("src/test/resources/weights/untied");
  private static final Path TIED = Path.of("src/test/resources/golden/hf/albert-pretraining");
  private static final String DECODER = "cls/predictions/output_weights";
  private static final String BIAS = "cls/predictions/output_bias";
  private static final String WORDS = "albert.embeddings.word_embeddings.weight";

  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource({"albert-untied, predictions.", "bert-untied, cls.predictions."})
  void theDecoderIsReadAndKept(String folder, String prefix) throws IOException {
    Safetensors file = Safetensors.open(UNTIED.resolve(folder).resolve("model.safetensors"));
    LoadedModel model = ModelDirectory.read(UNTIED.resolve(folder));
    assertThat(model.head().tied()).isFalse();
    assertThat(model.weights().get(DECODER)).isEqualTo(file.read(prefix + "decoder.weight"));
    assertThat(model.weights().get(BIAS)).isEqualTo(file.read(prefix + "decoder.bias"));
    assertThat(model.notes())
        .containsExactly(
            prefix
                + "bias differs from "
                + prefix
                + "decoder.bias, which is what transformers computes with, and was left out");
    HuggingFaceDirectory.write(temporary, model);
    assertThat(Files.readString(temporary.resolve("config.json")))
        .contains("\"tie_word_embeddings\" : false");
    Map<String, HostTensor> expected = new LinkedHashMap<>(file.readAll());
    expected.put(prefix + "bias", file.read(prefix + "decoder.bias"));
    assertThat(Safetensors.open(temporary.resolve("model.safetensors")).readAll())
        .isEqualTo(expected);
    assertSame(ModelDirectory.read(temporary), model);
  }

  @ParameterizedTest
  @EnumSource(ModelType.class)
  void everyFormatKeepsIt(ModelType type) throws IOException {
    EncoderConfig config = Models.tiny(type, ParameterSharing.ALL).build();
    LoadedModel model =
        Models.random(config, HeadDescription.of(HeadKind.PRETRAINING).tied(false), 5);
    assertThat(model.weights().get(DECODER)).isNotNull();
    CheckpointDirectory.write(temporary.resolve("own"), model);
    assertSame(ModelDirectory.read(temporary.resolve("own")), model);
    assertThat(GoogleDirectory.write(temporary.resolve("google"), model))
        .contains(
            "Google's code ties the decoder of a masked LM to the word embeddings and will not use"
                + " cls/predictions/output_weights; the suite reads it");
    assertSame(ModelDirectory.read(temporary.resolve("google")), model);
    HuggingFaceDirectory.write(temporary.resolve("hf"), model);
    assertSame(ModelDirectory.read(temporary.resolve("hf")), model);
  }

  @Test
  void aModelWithoutADecoderIsTied() {
    assertThat(HeadDescription.NONE.tied(false)).isEqualTo(HeadDescription.NONE);
    assertThat(HeadDescription.of(HeadKind.PRETRAINING).tied(false))
        .isNotEqualTo(HeadDescription.of(HeadKind.PRETRAINING));
  }

  /** transformers 5.24 does not tie what differs, and warns. */
  @Test
  void aDecoderThatDiffersIsKeptWhateverTheConfigurationSays() throws IOException {
    Map<String, HostTensor> tensors = tied();
    FloatTensor other = changed(tensors, WORDS);
    tensors.put("predictions.decoder.weight", other);
    LoadedModel model = written(tensors);
    assertThat(model.head().tied()).isFalse();
    assertThat(model.weights().get(DECODER)).isEqualTo(other);
    assertThat(model.notes())
        .containsExactly(
            "predictions.decoder.weight differs from "
                + WORDS
                + ": they are not tied, as in transformers 5, whatever tie_word_embeddings says"
                + " (transformers 4 takes the embeddings for both)");
    tensors.put("predictions.decoder.weight", FloatTensor.of(new float[24], 2, 12));
    assertThatThrownBy(() -> written(tensors))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "1 tensor of the wrong shape: predictions.decoder.weight is [2, 12], expected");
  }

  /** What is tied is one tensor, and either name is enough. */
  @ParameterizedTest
  @ValueSource(strings = {WORDS, "predictions.bias"})
  void eitherNameOfWhatIsTiedIsEnough(String name) throws IOException {
    Map<String, HostTensor> tensors = tied();
    tensors.put(
        name.equals(WORDS) ? "predictions.decoder.weight" : "predictions.decoder.bias",
        requireNonNull(tensors.remove(name)));
    LoadedModel model = written(tensors);
    assertThat(model.head().tied()).isTrue();
    assertThat(model.weights()).isEqualTo(ModelDirectory.read(TIED).weights());
  }

  @Test
  void theDecodersBiasIsTheOneThatComputes() throws IOException {
    Map<String, HostTensor> tensors = tied();
    FloatTensor other = changed(tensors, "predictions.bias");
    tensors.put("predictions.decoder.bias", other);
    LoadedModel model = written(tensors);
    assertThat(model.head().tied()).isTrue();
    assertThat(model.weights().get(BIAS)).isEqualTo(other);
    assertThat(model.notes())
        .containsExactly(
            "predictions.bias differs from predictions.decoder.bias, which is what transformers"
                + " computes with, and was left out");
  }

  @Test
  void aDecoderThatTheConfigurationPromisesHasToBeThere() throws IOException {
    Files.copy(UNTIED.resolve("albert-untied/config.json"), temporary.resolve("config.json"));
    Map<String, HostTensor> tensors =
        new LinkedHashMap<>(
            Safetensors.open(UNTIED.resolve("albert-untied/model.safetensors")).readAll());
    tensors.remove("predictions.decoder.weight");
    Safetensors.write(temporary.resolve("model.safetensors"), tensors, Map.of());
    assertThatThrownBy(() -> ModelDirectory.read(temporary))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("1 tensor missing: predictions.decoder.weight [31, 6]");
  }

  private static void assertSame(LoadedModel read, LoadedModel model) {
    assertThat(read.head()).isEqualTo(model.head());
    Models.assertSameComputation(read, model);
  }

  private static Map<String, HostTensor> tied() {
    return new LinkedHashMap<>(Safetensors.open(TIED.resolve("model.safetensors")).readAll());
  }

  private static FloatTensor changed(Map<String, HostTensor> tensors, String name) {
    FloatTensor tensor = (FloatTensor) requireNonNull(tensors.get(name));
    float[] values = tensor.values().clone();
    values[5] += 1;
    return new FloatTensor(tensor.shape(), values);
  }

  private LoadedModel written(Map<String, HostTensor> tensors) throws IOException {
    Files.write(temporary.resolve("config.json"), Files.readAllBytes(TIED.resolve("config.json")));
    Safetensors.write(temporary.resolve("model.safetensors"), tensors, Map.of());
    return ModelDirectory.read(temporary);
  }
}
