package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.io.file.ModelFileException;
import albert.model.io.tensorbundle.TensorBundleWriter;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoogleDirectoryTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/google/one-group");
  private static final String DATA = "model.ckpt-best.data-00000-of-00001";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(HeadKind.class)
  void everyHeadIsReadAgain(HeadKind kind) throws IOException {
    for (ModelType type : ModelType.values()) {
      LoadedModel model = Models.random(Models.tiny(type, ParameterSharing.NONE).build(), kind, 3);
      assertThat(GoogleDirectory.write(directory, model)).isEmpty();
      LoadedModel read = GoogleDirectory.read(directory);
      assertThat(read.weights()).containsExactlyInAnyOrderEntriesOf(model.weights());
      Models.assertSameComputation(read, model);
      assertThat(read.notes()).isEmpty();
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ParameterSharing.class)
  void sharingIsWrittenOutWhereTheFormatCanNotSayIt(ParameterSharing sharing) throws IOException {
    EncoderConfig config = Models.tiny(ModelType.ALBERT, sharing).innerGroupNum(2).build();
    LoadedModel model = Models.random(config, HeadKind.MASKED_LM, 5);
    List<String> notes = GoogleDirectory.write(directory, model);
    assertThat(notes)
        .hasSize(sharing == ParameterSharing.NONE || sharing == ParameterSharing.ALL ? 0 : 1);
    Models.assertSameComputation(GoogleDirectory.read(directory), model);
  }

  @Test
  void whatGooglesCodeDoesNotKnowIsSaidInKeysOfOurOwn() throws IOException {
    EncoderConfig config =
        Models.tiny(ModelType.BERT, ParameterSharing.NONE)
            .hiddenAct(HiddenAct.GELU)
            .layerNormEps(1e-5)
            .build();
    LoadedModel model = Models.random(config, HeadKind.MULTIPLE_CHOICE, 5);
    assertThat(GoogleDirectory.write(directory, model)).hasSize(2);
    LoadedModel read = GoogleDirectory.read(directory);
    assertThat(read.config()).isEqualTo(config);
    assertThat(read.head().kind()).isEqualTo(HeadKind.MULTIPLE_CHOICE);
  }

  @Test
  void aProjectionBetweenEqualSizesMustBeTheIdentity() throws IOException {
    EncoderConfig config =
        Models.tiny(ModelType.ALBERT, ParameterSharing.ALL)
            .embeddingSize(6)
            .projectEqualSizes(true)
            .build();
    LoadedModel model = Models.random(config, HeadKind.NONE, 5);
    assertThatThrownBy(() -> GoogleDirectory.write(directory.resolve("new"), model))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("projects embeddings of size 6 to 6");
    assertThat(directory.resolve("new")).doesNotExist();

    EncoderConfig without = config.toBuilder().projectEqualSizes(false).build();
    LoadedModel plain = Models.random(without, HeadKind.NONE, 5);
    HuggingFaceDirectory.write(directory.resolve("hf"), plain);
    LoadedModel identity = HuggingFaceDirectory.read(directory.resolve("hf"));
    assertThat(GoogleDirectory.write(directory.resolve("tf"), identity)).hasSize(1);
    Models.assertSameComputation(GoogleDirectory.read(directory.resolve("tf")), plain);
  }

  @Test
  void trainingStateIsLeftOutAndOtherVariablesAreNot() throws IOException {
    LoadedModel model =
        Models.random(Models.tiny(ModelType.BERT, ParameterSharing.NONE).build(), HeadKind.NONE, 3);
    Map<String, FloatTensor> variables = new LinkedHashMap<>(model.weights());
    FloatTensor one = FloatTensor.of(new float[1], 1);
    for (String slot : List.of("adam_m", "adam_v", "lamb_m", "Adam", "Adam_1")) {
      variables.put("bert/pooler/dense/bias/" + slot, one);
    }
    variables.put("global_step", one);
    variables.put("beta1_power", one);
    GoogleDirectory.write(directory, model);
    TensorBundleWriter.write(directory.resolve("model.ckpt-best"), variables);
    LoadedModel read = GoogleDirectory.read(directory);
    assertThat(read.weights()).isEqualTo(model.weights());
    assertThat(read.notes())
        .containsExactly(
            "7 variables of the training's state were left out (optimizer slots, global_step)");

    variables.put("bert/pooler/dense/extra", one);
    TensorBundleWriter.write(directory.resolve("model.ckpt-best"), variables);
    assertThatThrownBy(() -> GoogleDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("1 tensor left over: 'bert/pooler/dense/extra' [1]");
  }

  @Test
  void theCurrentOfSeveralCheckpointsIsRead() throws IOException {
    LoadedModel model =
        Models.random(Models.tiny(ModelType.BERT, ParameterSharing.NONE).build(), HeadKind.NONE, 3);
    GoogleDirectory.write(directory, model);
    TensorBundleWriter.write(directory.resolve("model.ckpt-7"), Map.of());
    assertThat(GoogleDirectory.read(directory).weights()).isEqualTo(model.weights());
    Files.writeString(
        directory.resolve("checkpoint"), "model_checkpoint_path: \"/far/away/model.ckpt-7\"\n");
    assertThatThrownBy(() -> GoogleDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("model.ckpt-7.index: ")
        .hasMessageContaining("tensors missing");
    Files.delete(directory.resolve("checkpoint"));
    assertThatThrownBy(() -> GoogleDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("there are 2 checkpoints");
  }

  @Test
  void aShortenedOrChangedShardIsRefused() throws IOException {
    copyGolden();
    try (RandomAccessFile data = new RandomAccessFile(directory.resolve(DATA).toFile(), "rw")) {
      data.seek(1000);
      data.write(data.read() ^ 1);
    }
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("checksum of tensor");
    try (RandomAccessFile data = new RandomAccessFile(directory.resolve(DATA).toFile(), "rw")) {
      data.setLength(1000);
    }
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("has 1000 bytes, but the index asks for");
    Files.delete(directory.resolve(DATA));
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith(DATA + ": there is no such file");
  }

  @Test
  void directoriesWithoutAModelAreRefused() throws IOException {
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("no model is in it");
    assertThatThrownBy(() -> ModelDirectory.read(directory.resolve("no")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("no such directory");
    Files.copy(GOLDEN.resolve("albert_config.json"), directory.resolve("albert_config.json"));
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("there is no TensorFlow checkpoint");
  }

  private void copyGolden() throws IOException {
    for (String name : List.of("albert_config.json", "model.ckpt-best.index", DATA)) {
      Files.write(directory.resolve(name), Files.readAllBytes(GOLDEN.resolve(name)));
    }
  }
}
