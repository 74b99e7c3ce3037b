package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.io.file.ModelFileException;
import albert.model.tensor.NonFiniteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hugging Face directories with PyTorch's files for weights. */
class PytorchDirectoryTest {
  private static final Path FILES = Path.of("src/test/resources/weights/pytorch");
  private static final String FILE = "pytorch_model.bin";

  @TempDir private Path directory;

  @BeforeEach
  void copyConfiguration() throws IOException {
    copy("config.json", "config.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zip.bin",
        "legacy.bin",
        "parameters.bin",
        "transposed.bin",
        "transposed-legacy.bin",
        "one-storage.bin",
        "old-names.bin"
      })
  void theModelIsThatOfSafetensors(String file) throws IOException {
    copy(file, FILE);
    LoadedModel read = ModelDirectory.read(directory);
    assertThat(read.weights()).isEqualTo(ModelDirectory.read(FILES).weights());
    assertThat(read.head()).isEqualTo(HeadDescription.of(HeadKind.PRETRAINING));
    assertThat(read.notes()).allMatch(note -> note.endsWith(" was left out"));
  }

  @Test
  void buffersAndTiedDecodersAreLeftOutAndSaid() throws IOException {
    copy("old-names.bin", FILE);
    assertThat(ModelDirectory.read(directory).notes())
        .containsExactly(
            "bert.embeddings.position_ids is a constant and was left out",
            "cls.predictions.decoder.weight is bert.embeddings.word_embeddings.weight again and"
                + " was left out");
  }

  @Test
  void shardsAreReadByTheirIndex() throws IOException {
    copy("shards.index.json", FILE + ".index.json");
    copy("shard-1.bin", "shard-1.bin");
    copy("shard-2.bin", "shard-2.bin");
    assertThat(ModelDirectory.read(directory).weights())
        .isEqualTo(ModelDirectory.read(FILES).weights());
    copy("shard-1.bin", "shard-2.bin");
    assertRefused("is not in the index, or in another file there");
    String index = Files.readString(FILES.resolve("shards.index.json"));
    Files.writeString(
        directory.resolve(FILE + ".index.json"), index.replaceFirst("shard-1.bin", "../a.bin"));
    assertRefused("weight_map has '../a.bin', allowed are plain names that end in .bin");
  }

  @Test
  void safetensorsWinAsInTransformers() throws IOException {
    Files.writeString(directory.resolve(FILE), "no weights");
    assertRefused(FILE + ": it is no file of torch.save");
    copy("model.safetensors", "model.safetensors");
    assertThat(ModelDirectory.read(directory).weights()).isNotEmpty();
    Files.delete(directory.resolve("model.safetensors"));
    Files.delete(directory.resolve(FILE));
    assertRefused("there are no weights, allowed are model.safetensors and pytorch_model.bin");
  }

  @Test
  void aValueThatIsNoNumberIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(FILES.resolve("legacy.bin"));
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(bytes.length - Float.BYTES, Float.NaN);
    Files.write(directory.resolve(FILE), bytes);
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining(FILE + ": tensor '")
        .hasMessageContaining("has 1 of ");
  }

  private void assertRefused(String words) {
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(words)
        .message()
        .hasLineCount(1);
  }

  private void copy(String file, String name) throws IOException {
    Files.copy(FILES.resolve(file), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
