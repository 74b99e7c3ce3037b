package albert.datasets.batch;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.text.TextEncoder;
import albert.datasets.text.TextExample;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FeatureCacheTest {
  private static final List<TextExample> EXAMPLES = examples(20_100);

  @TempDir Path folder;
  private Tokenizer tokenizer;

  @BeforeAll
  void open() {
    tokenizer = Tokenizers.bundledBertUncased();
  }

  @AfterAll
  void close() {
    tokenizer.close();
  }

  private static List<TextExample> examples(int count) {
    String[] words = {"the", "cat", "saw", "unaffable", "dogs", "", "Zoë", "2019,"};
    Random random = new Random(3);
    List<TextExample> examples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(words[random.nextInt(words.length)]).append(' ');
      }
      String pair = random.nextInt(3) == 0 ? null : words[random.nextInt(words.length)];
      double label = random.nextInt(9) == 0 ? Double.NaN : random.nextInt(3);
      examples.add(new TextExample(String.valueOf(i), text.toString(), pair, label));
    }
    return examples;
  }

  /** Waits for the file, if one is written. */
  private List<EncodedExample> encode(List<TextExample> examples, int length) {
    List<EncodedExample> encoded =
        TextEncoder.train(
            examples, Tokenizers::bundledBertUncased, length, new FeatureCache(folder));
    for (int i = 0; i < 600 && encoded instanceof GrowingExamples g && !g.isFinished(); i++) {
      LockSupport.parkNanos(20_000_000);
    }
    return encoded;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void assertSame(List<EncodedExample> found, List<EncodedExample> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      EncodedExample a = found.get(i);
      EncodedExample b = expected.get(i);
      assertThat(a.row()).isEqualTo(i);
      assertThat(a.labels()).isEqualTo(b.labels());
      assertThat(Arrays.equals(a.sequence().inputIds(), b.sequence().inputIds())).isTrue();
      assertThat(Arrays.equals(a.sequence().tokenTypeIds(), b.sequence().tokenTypeIds())).isTrue();
    }
  }

  @Test
  void aFileGivesWhatEncodingGivesAndBatchesAreTheSame() throws IOException {
    List<EncodedExample> plain = new TextEncoder(tokenizer, 16).encodeAll(EXAMPLES);
    List<EncodedExample> made = encode(EXAMPLES, 16);
    assertSame(made, plain);
    assertThat(files()).hasSize(1);
    long written = Files.getLastModifiedTime(files().get(0)).toMillis();
    assertSame(encode(EXAMPLES, 16), plain);
    assertThat(Files.getLastModifiedTime(files().get(0)).toMillis()).isEqualTo(written);
    List<EncodedBatch> expected = new Batcher(plain, 32, 0).epoch(5, 2);
    List<EncodedBatch> batches = new Batcher(made, 32, 0).epoch(5, 2);
    for (int i = 0; i < 20; i++) {
      assertThat(batches.get(i).rows()).isEqualTo(expected.get(i).rows());
      assertThat(batches.get(i).inputIds()).isEqualTo(expected.get(i).inputIds());
      assertThat(batches.get(i).tokenTypeIds()).isEqualTo(expected.get(i).tokenTypeIds());
      assertThat(Arrays.deepEquals(batches.get(i).labels(), expected.get(i).labels())).isTrue();
    }
  }

  @Test
  void theFirstBatchIsThereBeforeTheFileAndIsTheSame() throws Exception {
    List<EncodedExample> plain = new TextEncoder(tokenizer, 14).encodeAll(EXAMPLES);
    FeatureCache cache = new FeatureCache(folder);
    List<EncodedExample> growing =
        TextEncoder.train(EXAMPLES, Tokenizers::bundledBertUncased, 14, cache);
    assertThat(growing).isInstanceOf(GrowingExamples.class).hasSize(EXAMPLES.size());
    assertThat(UsedWords.of(List.of(plain))).isPresent();
    assertThat(UsedWords.of(List.of(growing, plain))).isEmpty();
    List<EncodedBatch> expected = new Batcher(plain, 32, 0).epoch(5, 0);
    List<EncodedBatch> batches = new Batcher(growing, 32, 0).epoch(5, 0);
    for (int i = 0; i < 20; i++) {
      assertThat(batches.get(i).inputIds()).isEqualTo(expected.get(i).inputIds());
    }
    for (int i = 0; i < 600 && !((GrowingExamples) growing).isFinished(); i++) {
      Thread.sleep(100);
    }
    assertThat(((GrowingExamples) growing).isFinished()).isTrue();
    assertSame(growing, plain);
    List<EncodedExample> again =
        TextEncoder.train(EXAMPLES, Tokenizers::bundledBertUncased, 14, cache);
    assertThat(again).isInstanceOf(MappedExamples.class);
    assertSame(again, plain);
  }

  @Test
  void otherSettingsOrTextsHaveOtherFiles() throws IOException {
    encode(EXAMPLES, 12);
    encode(EXAMPLES, 13);
    List<TextExample> changed = new ArrayList<>(EXAMPLES);
    changed.set(7, new TextExample("7", "something else", null, 1));
    encode(changed, 12);
    changed.set(7, new TextExample("7", "something else", "", 1));
    encode(changed, 12);
    changed.set(7, new TextExample("7", "something else", "", 0));
    encode(changed, 12);
    assertThat(files()).hasSize(5);
  }

  @Test
  void aFileThatIsNotWholeIsMadeAgain() throws IOException {
    List<EncodedExample> plain = new TextEncoder(tokenizer, 8).encodeAll(EXAMPLES);
    encode(EXAMPLES, 8);
    Path file = files().get(0);
    byte[] good = Files.readAllBytes(file);
    byte[] changed = good.clone();
    changed[1000] ^= 1;
    byte[] manyExamples = good.clone();
    manyExamples[good.length - 80 + 7] = 0x7f;
    for (byte[] bad :
        new byte[][] {
          changed, manyExamples, Arrays.copyOf(good, good.length - 1), Arrays.copyOf(good, 50), {}
        }) {
      Files.delete(file);
      Files.write(file, bad);
      assertSame(encode(EXAMPLES, 8), plain);
      assertThat(Files.readAllBytes(file)).isEqualTo(good);
    }
  }

  @Test
  void smallSetsAndFoldersThatCannotBeWrittenNeedNoFile() throws IOException {
    assertThat(encode(EXAMPLES.subList(0, 100), 9)).hasSize(100);
    Path noFolder = Files.writeString(folder.resolve("file"), "");
    List<EncodedExample> plain = new TextEncoder(tokenizer, 9).encodeAll(EXAMPLES);
    assertSame(
        TextEncoder.train(EXAMPLES, Tokenizers::bundledBertUncased, 9, new FeatureCache(noFolder)),
        plain);
    assertThat(files()).containsExactly(noFolder);
  }

  /** Some examples have no window, some two, and every window has labels of its own number. */
  @Test
  void windowsWithAnyNumberOfLabelsComeBackFromTheirFile() throws IOException {
    List<Integer> numbers = IntStream.range(0, 5_000).boxed().toList();
    FeatureCache cache = new FeatureCache(folder);
    List<EncodedExample> plain = windows(numbers);
    for (int time = 0; time < 2; time++) {
      List<EncodedExample> found =
          cache.windows(() -> "0".repeat(64), numbers, FeatureCacheTest::windows);
      assertThat(found).isInstanceOf(MappedExamples.class);
      assertSame(found, plain);
    }
    assertThat(files()).hasSize(1);
  }

  private static List<EncodedExample> windows(List<Integer> numbers) {
    List<EncodedExample> windows = new ArrayList<>();
    for (int number : numbers) {
      for (int window = 0; window < number % 3; window++) {
        int[] ids = IntStream.rangeClosed(0, number % 11).map(i -> 3 * i * number).toArray();
        int[] types = new int[ids.length];
        Arrays.fill(types, ids.length / 2, ids.length, 1);
        double[] labels = IntStream.range(0, (number + window) % 5).mapToDouble(i -> -i).toArray();
        windows.add(new EncodedExample(windows.size(), new EncodedSequence(ids, types), labels));
      }
    }
    return windows;
  }

  @Test
  void theFolderIsTheUsersChoice() {
    assertThat(FeatureCache.of(Map.of("ALBERT_CACHE", "/somewhere")).folder())
        .isEqualTo(Path.of("/somewhere/features"));
    assertThat(FeatureCache.of(Map.of()).folder().toString()).endsWith("/.cache/albert/features");
  }
}
