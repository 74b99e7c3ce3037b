package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderConfig;
import albert.model.config.HiddenAct;
import albert.model.config.ModelType;
import albert.model.config.ParameterSharing;
import albert.model.io.file.ModelFileException;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.NonFiniteException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of broken files: each is refused in one clean line, or read to a right result. */
class HostileFilesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final int ROUNDS = 400;

  @TempDir private Path temporary;
  private Path directory = Path.of("");

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(temporary.resolve("model"));
  }

  @ParameterizedTest
  @CsvSource({
    "hf/albert-pretraining, model.safetensors, 1",
    "hf/albert-pretraining, config.json, 2",
    "hf/bert-token-classification, model.safetensors, 3",
    "hf/bert-classification, config.json, 4"
  })
  void huggingFace(String source, String file, long seed) throws IOException {
    Path golden = GOLDEN.resolve(source);
    copy(golden, "model.safetensors", "config.json");
    mutate(
        golden.resolve(file),
        seed,
        bytes -> {
          write(file, bytes);
          return outcome(() -> ModelDirectory.read(directory));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "zip.bin, 11",
    "legacy.bin, 12",
    "parameters.bin, 13",
    "transposed.bin, 14",
    "old-names.bin, 15"
  })
  void pytorch(String file, long seed) throws IOException {
    Path files = Path.of("src/test/resources/weights/pytorch");
    copy(files, "config.json");
    mutate(
        files.resolve(file),
        seed,
        bytes -> {
          write("pytorch_model.bin", bytes);
          return outcome(() -> ModelDirectory.read(directory));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "albert_config.json",
        "model.ckpt-best.index",
        "model.ckpt-best.data-00000-of-00001"
      })
  void checkpoint(String file) throws IOException {
    Path golden = GOLDEN.resolve("google/two-groups-inner-two");
    copy(
        golden,
        "albert_config.json",
        "model.ckpt-best.index",
        "model.ckpt-best.data-00000-of-00001");
    LoadedModel original = ModelDirectory.read(directory);
    mutate(
        golden.resolve(file),
        5,
        bytes -> {
          write(file, bytes);
          return outcome(
              () -> {
                LoadedModel read = ModelDirectory.read(directory);
                // index and data have checksums
                assertThat(read.weights()).isEqualTo(original.weights());
                return read;
              });
        });
  }

  @ParameterizedTest
  @CsvSource({"checkpoint.json, 8", "model.safetensors, 9", "vocab.txt, 10"})
  void aCheckpointOfOurOwn(String file, long seed) throws IOException {
    EncoderConfig config = Models.tiny(ModelType.ALBERT, ParameterSharing.ATTENTION).build();
    LoadedModel model = Models.random(config, HeadKind.TOKEN_CLASSIFICATION, 3);
    Path words = Files.writeString(temporary.resolve("vocab.txt"), "[PAD]\n[UNK]\n");
    CheckpointDirectory.write(
        directory,
        new LoadedModel(model.config(), model.head(), model.weights(), words, List.of()));
    byte[] original = Files.readAllBytes(directory.resolve(file));
    assertThat(outcome(() -> ModelDirectory.read(directory))).isTrue();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      write(file, Mutation.of(original, random));
      outcome(() -> ModelDirectory.read(directory));
    }
  }

  /** A header of a few bytes must not cost memory for what it speaks of. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1099511627776, 1099511627776]",
        "[9223372036854775807, 2]",
        "[2147483647, 2147483647, 0]",
        "[0]",
        "[-1]",
        "[1073741824]"
      })
  void sizesThatAreNotThereTakeNoMemory(String shape) throws IOException {
    copy(GOLDEN.resolve("hf/bert-classification"), "config.json");
    String header =
        String.format(
            Locale.ROOT, "{\"a\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[0,0]}}", shape);
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    write(
        "model.safetensors",
        ByteBuffer.allocate(Long.BYTES + json.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array());
    assertThat(outcome(() -> ModelDirectory.read(directory))).isFalse();
  }

  @Test
  void absurdConfigurationsAreRefusedBeforeAnythingIsMade() throws IOException {
    Path golden = GOLDEN.resolve("hf/albert-classification");
    copy(golden, "model.safetensors");
    String config = Files.readString(golden.resolve("config.json"));
    for (String key :
        List.of(
            "vocab_size",
            "hidden_size",
            "embedding_size",
            "num_hidden_groups",
            "inner_group_num",
            "num_attention_heads",
            "intermediate_size",
            "max_position_embeddings",
            "type_vocab_size")) {
      for (String value :
          List.of("0", "-1", "1024", "65536", "2147483647", "1e300", "99999999999")) {
        String changed = config.replaceAll("\"" + key + "\": *\\d+", "\"" + key + "\": " + value);
        assertThat(changed).as(key).isNotEqualTo(config);
        Files.writeString(directory.resolve("config.json"), changed);
        assertThat(outcome(() -> ModelDirectory.read(directory))).as(key + " " + value).isFalse();
      }
    }
  }

  @Test
  void onnx() throws IOException {
    EncoderConfig config =
        Models.tiny(ModelType.BERT, ParameterSharing.NONE).hiddenAct(HiddenAct.GELU).build();
    Path file = temporary.resolve("model.onnx");
    Files.write(file, OnnxFiles.write(Models.random(config, HeadKind.NONE, 3)));
    mutate(file, 6, bytes -> outcome(() -> OnnxFile.read(file, new ByteArrayInputStream(bytes))));
  }

  @Test
  void anIndexOfShards() throws IOException {
    Path golden = GOLDEN.resolve("hf/bert-classification");
    copy(golden, "config.json");
    Files.copy(golden.resolve("model.safetensors"), directory.resolve("model-1.safetensors"));
    StringBuilder map = new StringBuilder("{\"weight_map\":{");
    Safetensors.open(golden.resolve("model.safetensors"))
        .entries()
        .keySet()
        .forEach(
            name ->
                map.append(String.format(Locale.ROOT, "\"%s\":\"model-1.safetensors\",", name)));
    map.setLength(map.length() - 1);
    Path index = temporary.resolve("index");
    Files.writeString(index, map.append("}}"));
    mutate(
        index,
        7,
        bytes -> {
          write("model.safetensors.index.json", bytes);
          return outcome(() -> ModelDirectory.read(directory));
        });
  }

  @Test
  void jsonOfAnyDepthAndCodedInAnyWay() throws IOException {
    copy(GOLDEN.resolve("hf/bert-classification"), "model.safetensors");
    for (String json :
        new String[] {
          "[".repeat(10_000),
          "{\"a\":".repeat(10_000),
          "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}",
          "",
          "null",
          "{\"hidden_size\":" + "9".repeat(100_000) + "}",
          "{\"model_type\":\"bert\",\"model_type\":\"bert\"}",
          "{\"model_type\":\"bert\"} x"
        }) {
      Files.writeString(directory.resolve("config.json"), json);
      assertThat(outcome(() -> ModelDirectory.read(directory))).isFalse();
    }
  }

  private interface Trial {
    boolean succeeds(byte[] bytes) throws IOException;
  }

  /** Runs every mutation, and sees that the trial is not blind. */
  private static void mutate(Path file, long seed, Trial trial) throws IOException {
    byte[] original = Files.readAllBytes(file);
    assertThat(trial.succeeds(original)).as("unchanged").isTrue();
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      refused += trial.succeeds(Mutation.of(original, random)) ? 0 : 1;
    }
    assertThat(refused).as("refused of %d", ROUNDS).isGreaterThan(ROUNDS / 20);
  }

  /** Whether a model was read; anything but a clean error comes through. */
  private static boolean outcome(Supplier<LoadedModel> reading) {
    try {
      LoadedModel read = reading.get();
      assertThat(read.weights()).isNotEmpty();
      return true;
    } catch (ModelFileException | NonFiniteException e) {
      assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
      return false;
    }
  }

  private void copy(Path from, String... names) throws IOException {
    for (String name : names) {
      write(name, Files.readAllBytes(from.resolve(name)));
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }
}
