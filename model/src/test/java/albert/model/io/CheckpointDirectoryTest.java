package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.ClassifierPooling;
import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.io.file.ModelFileException;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A checkpoint of our own loses nothing, and takes nothing that it does not know. */
class CheckpointDirectoryTest {
  @TempDir private Path temporary;

  @ParameterizedTest
  @EnumSource(ParameterSharing.class)
  void everySharingIsKept(ParameterSharing sharing) throws IOException {
    for (ModelType type : ModelType.values()) {
      EncoderConfig config =
          Models.tiny(type, sharing)
              .innerGroupNum(2)
              .hiddenAct(HiddenAct.RELU)
              .layerNormEps(3e-7)
              .hiddenDropoutProb(0.1)
              .ffnOutputDropout(type == ModelType.BERT)
              .projectEqualSizes(true)
              .paddingIdx(3)
              .build();
      assertKept(Models.random(config, HeadKind.CLASSIFICATION, 3));
    }
  }

  @ParameterizedTest
  @EnumSource(HeadKind.class)
  void everyHeadIsKept(HeadKind kind) throws IOException {
    assertKept(Models.random(Models.tiny(ModelType.ALBERT, ParameterSharing.FFN).build(), kind, 4));
  }

  @Test
  void theMeanOfTheTokensIsKept() throws IOException {
    assertKept(Models.random(meanPooled(), HeadKind.CLASSIFICATION, 5));
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whatLayersAddIsKept(ParameterSharing sharing) throws IOException {
    for (ModelType type : ModelType.values()) {
      EncoderConfig config = Models.tiny(type, sharing).innerGroupNum(2).layerDeltaRank(2).build();
      assertKept(Models.random(config, HeadKind.CLASSIFICATION, 3));
    }
  }

  /** Written before there were these keys. */
  @Test
  void withoutLaterKeysACheckpointIsWhatItWas() throws IOException {
    LoadedModel model = classifier();
    Path directory = temporary.resolve("model");
    CheckpointDirectory.write(directory, model);
    Path file = directory.resolve("checkpoint.json");
    String json = Files.readString(file);
    String keys = ",\n    \"classifier_pooling\" : \"cls\",\n    \"layer_delta_rank\" : 0";
    assertThat(json).contains(keys);
    Files.writeString(file, json.replace(keys, ""));
    assertThat(ModelDirectory.read(directory).config()).isEqualTo(model.config());
  }

  @Test
  void publishedFormatsCannotSayTheMeanOfTheTokens() {
    LoadedModel model = Models.random(meanPooled(), HeadKind.CLASSIFICATION, 5);
    for (Write format : List.<Write>of(HuggingFaceDirectory::write, GoogleDirectory::write)) {
      assertThatThrownBy(() -> format.write(temporary.resolve("new"), model))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("reads the mean of the tokens (classifier_pooling mean)");
      assertThat(temporary.resolve("new")).doesNotExist();
    }
  }

  private interface Write {
    List<String> write(Path directory, LoadedModel model) throws IOException;
  }

  private static EncoderConfig meanPooled() {
    return Models.tiny(ModelType.ALBERT, ParameterSharing.ALL)
        .classifierPooling(ClassifierPooling.MEAN)
        .build();
  }

  private void assertKept(LoadedModel model) throws IOException {
    Path directory = temporary.resolve("model");
    CheckpointDirectory.write(directory, model);
    assertThat(CheckpointDirectory.bytesOfWeights(model))
        .isEqualTo(Files.size(CheckpointDirectory.weights(directory)));
    LoadedModel read = ModelDirectory.read(directory);
    assertThat(read.config()).isEqualTo(model.config());
    assertThat(read.head()).isEqualTo(model.head());
    assertThat(read.weights()).isEqualTo(model.weights());
    assertThat(read.tokenizerFile()).isNull();
    assertThat(read.notes()).isEmpty();
  }

  @Test
  void theTokenizerIsCopiedBesideItUnderHuggingFacesName() throws IOException {
    Path tokenizer = Files.writeString(temporary.resolve("my-words.txt"), "[PAD]\n");
    LoadedModel model = classifier();
    Path directory = temporary.resolve("model");
    CheckpointDirectory.write(
        directory,
        new LoadedModel(model.config(), model.head(), model.weights(), tokenizer, List.of()));
    Path copy = directory.resolve("vocab.txt");
    assertThat(ModelDirectory.read(directory).tokenizerFile()).isEqualTo(copy).hasContent("[PAD]");

    Files.delete(copy);
    assertProblem(directory, "the tokenizer vocab.txt is not beside it");
  }

  @Test
  void missingAndLeftOverTensorsAreNamed() throws IOException {
    Path directory = temporary.resolve("model");
    CheckpointDirectory.write(directory, classifier());
    Path weights = directory.resolve("model.safetensors");
    Map<String, HostTensor> tensors = new TreeMap<>(Safetensors.open(weights).readAll());
    tensors.put("beta1_power", FloatTensor.of(new float[1], 1));
    tensors.remove("output_bias");
    Safetensors.write(weights, tensors, Map.of());
    assertProblem(
        directory, "1 tensor missing: output_bias [3]; 1 tensor left over: 'beta1_power' [1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"hidden_size\" : 6|\"hidden_size\" : 7|line 29: hidden_size 7 is not a multiple of num_attention_heads 2",
        "\"hidden_size\" : 6|\"hidden_size\" : 6.5|line 8: ",
        "\"hidden_size\" : 6|\"hidden_size\" : \"6\"|line 8: ",
        "\"hidden_size\" : 6|\"hidden_size\" : 6, \"extra\" : 1|checkpoint.json: unknown key 'extra', allowed are [",
        "\"vocab_size\" : 11,||missing key 'vocab_size'",
        "\"vocab_size\" : 11|\"vocab_size\" : 11, \"vocab_size\" : 11|key 'vocab_size' is repeated",
        "\"vocab_size\" : 11|\"vocab_size\" : 2000000000|vocab_size is 2000000000, allowed are 1 to 10000000",
        "\"version\" : 1|\"version\" : 2|version is 2, allowed is 1",
        "\"classification\"|\"regression\"|there are 3 labels with the head REGRESSION",
        "\"classification\"|\"CLASSIFICATION\"|line 30: ",
        "\"classification\"|null|head is null",
        "\"no\"|null|labels are not texts",
        "\"no\"|\"yes\"|labels: the classes 0 and 1 are both called 'yes'",
        "\"tokenizer\" : null|\"tokenizer\" : \"../vocab.txt\"|tokenizer is '../vocab.txt', allowed is the plain name",
        "\"tokenizer\" : null|\"tokenizer\" : \"/etc/passwd\"|tokenizer is '/etc/passwd', allowed is the plain name",
      })
  void whatItDoesNotKnowIsRefused(String from, String to, String message) throws IOException {
    Path directory = temporary.resolve("model");
    CheckpointDirectory.write(directory, classifier());
    Path file = directory.resolve("checkpoint.json");
    String json = Files.readString(file);
    assertThat(json).contains(from);
    Files.writeString(file, json.replace(from, Objects.requireNonNullElse(to, "")));
    assertProblem(directory, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ \"O\", \"B-place\" ]|null|there are 0 tags with the head JOINT_CLASSIFICATION",
        "[ \"O\", \"B-place\" ]|[ \"O\", null ]|tags are not texts",
        "[ \"O\", \"B-place\" ]|[ \"O\", \"O\" ]|the classes 0 and 1 are both called 'O'",
        "[ \"O\", \"B-place\" ]|[ \"O\" ]|a classification with 1 class",
        "joint_classification|classification|there are 2 tags with the head CLASSIFICATION",
      })
  void tagsThatAreNoneAreRefused(String from, String to, String message) throws IOException {
    Path directory = temporary.resolve("model");
    EncoderConfig config = Models.tiny(ModelType.ALBERT, ParameterSharing.ALL).build();
    CheckpointDirectory.write(directory, Models.random(config, HeadKind.JOINT_CLASSIFICATION, 5));
    Path file = directory.resolve("checkpoint.json");
    String json = Files.readString(file);
    assertThat(json).contains(from);
    Files.writeString(file, json.replace(from, to));
    assertProblem(directory, message);
  }

  @Test
  void aHeadWithoutTagsHasTheFileThatItAlwaysHad() throws IOException {
    Path directory = temporary.resolve("model");
    CheckpointDirectory.write(directory, classifier());
    assertThat(Files.readString(directory.resolve("checkpoint.json"))).doesNotContain("tags");
  }

  private static LoadedModel classifier() {
    return Models.random(
        Models.tiny(ModelType.ALBERT, ParameterSharing.ATTENTION).build(),
        HeadKind.CLASSIFICATION,
        5);
  }

  private static void assertProblem(Path directory, String message) {
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }
}
