package albert.experiments.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.checkpoint.TinyCheckpoint;
import albert.experiments.stage.StopSignal;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors whatever stands beside a text, and the files that keep them. */
final class EmbedderTest {
  private static final List<String> WORDS =
      List.of("a", "dog", "barks", "at", "the", "old", "moon", "over", "water");

  @TempDir private static Path models;
  private static PretrainedModel first;
  private static PretrainedModel second;
  @TempDir private Path folder;

  @BeforeAll
  static void read() throws IOException {
    PretrainedModels read = new PretrainedModels();
    first = read.get(TinyCheckpoint.write(models.resolve("1"), 1).toString());
    second = read.get(TinyCheckpoint.write(models.resolve("2"), 2).toString());
  }

  private static List<String> texts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.join(" ", WORDS.subList(0, 1 + i % WORDS.size())) + " " + i)
        .toList();
  }

  private static Embedder open(PretrainedModel model, Pooling pooling, int longest) {
    return Embedder.open(
        model, new EmbeddingSettings(pooling, false, longest), RuntimeOptions.reproducible());
  }

  private static FloatTensor embed(Embedder embedder, List<String> texts) throws IOException {
    return embedder.embed(texts, i -> "text " + i, new StopSignal(), done -> {});
  }

  private static float[] row(FloatTensor vectors, int row) {
    int size = (int) vectors.shape()[1];
    return Arrays.copyOfRange(vectors.values(), row * size, (row + 1) * size);
  }

  private static void assertClose(float[] found, float[] expected) {
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(2e-6f));
    }
  }

  @Test
  void aVectorDoesNotDependOnOrderBatchAndPadding() throws IOException {
    List<String> texts = texts(70);
    List<String> reversed = new ArrayList<>(texts);
    Collections.reverse(reversed);
    try (Embedder embedder = open(first, Pooling.MEAN, 32)) {
      FloatTensor all = embed(embedder, texts);
      FloatTensor back = embed(embedder, reversed);
      assertThat(all.shape()).containsExactly(70, 16);
      for (int i = 0; i < texts.size(); i += 9) {
        assertClose(row(back, texts.size() - 1 - i), row(all, i));
        assertClose(row(embed(embedder, List.of(texts.get(i))), 0), row(all, i));
      }
      assertThat(row(all, 0)).isNotEqualTo(row(all, 1));
      assertThat(embedder.cut()).isZero();
    }
  }

  @Test
  void anEmptyTextIsItsSpecialTokensAndALongOneIsCut() throws IOException {
    try (Embedder embedder = open(first, Pooling.MEAN, 6)) {
      FloatTensor vectors =
          embed(embedder, List.of("", "  ", "the old dog ran", "the old dog ran at water"));
      assertThat(row(vectors, 1)).isEqualTo(row(vectors, 0));
      assertClose(row(vectors, 3), row(vectors, 2));
      assertThat(embedder.cut()).isEqualTo(1);
      double length = 0;
      for (float value : row(vectors, 0)) {
        length += value * value;
      }
      assertThat(length).isCloseTo(1, within(1e-6));
    }
  }

  private FloatTensor cached(Embedder embedder, List<String> texts, List<Integer> progress)
      throws IOException {
    return new EmbeddingCache(folder)
        .embed(embedder, texts, i -> "text " + i, new StopSignal(), progress::add);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void aSecondTimeTheFileIsReadAndNothingIsComputed() throws IOException {
    List<String> texts = texts(250);
    try (Embedder embedder = open(first, Pooling.MEAN, 32)) {
      List<Integer> progress = new ArrayList<>();
      FloatTensor made = cached(embedder, texts, progress);
      assertThat(progress).as("batches").hasSize(8);
      assertThat(files()).hasSize(1);
      List<Integer> again = new ArrayList<>();
      assertThat(cached(embedder, texts, again)).isEqualTo(made);
      assertThat(again).as("all at once").containsExactly(250);
    }
  }

  @Test
  void whatIsOfOtherTextsModelsOrSettingsIsNeverTaken() throws IOException {
    List<String> texts = texts(250);
    List<String> other = new ArrayList<>(texts);
    other.set(100, "something else");
    try (Embedder mean = open(first, Pooling.MEAN, 32);
        Embedder cls = open(first, Pooling.CLS, 32);
        Embedder shorter = open(first, Pooling.MEAN, 5);
        Embedder model = open(second, Pooling.MEAN, 32)) {
      List<Embedder> all = List.of(mean, cls, shorter, model);
      for (Embedder embedder : all) {
        assertThat(cached(embedder, texts, new ArrayList<>())).isEqualTo(embed(embedder, texts));
      }
      assertThat(cached(mean, other, new ArrayList<>())).isEqualTo(embed(mean, other));
      assertThat(files()).hasSize(5);
    }
  }

  @Test
  void aFileThatIsCutOffOrChangedIsMadeAgain() throws IOException {
    List<String> texts = texts(250);
    try (Embedder embedder = open(first, Pooling.MEAN, 32)) {
      FloatTensor made = cached(embedder, texts, new ArrayList<>());
      Path file = files().get(0);
      byte[] bytes = Files.readAllBytes(file);
      byte[] changed = bytes.clone();
      changed[bytes.length - 2] ^= 1;
      for (byte[] broken : List.of(changed, Arrays.copyOf(bytes, bytes.length - 4), new byte[3])) {
        Files.write(file, broken);
        List<Integer> progress = new ArrayList<>();
        assertThat(cached(embedder, texts, progress)).isEqualTo(made);
        assertThat(progress).hasSize(8);
        assertThat(files()).containsExactly(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void fewTextsLeaveNoFile() throws IOException {
    try (Embedder embedder = open(first, Pooling.MEAN, 32)) {
      cached(embedder, texts(20), new ArrayList<>());
      assertThat(files()).isEmpty();
    }
  }
}
