package albert.datasets.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TFRecord files: round trips, and what is refused. */
final class TfRecordsTest {
  @TempDir private Path folder;

  private Path records(String name) throws IOException {
    Path file = folder.resolve(name);
    TfRecords.write(
        file,
        List.of("first", "", "third").stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .iterator());
    return file;
  }

  private static void readAll(Path file) throws IOException {
    try (TfRecords.Reader reader = TfRecords.open(file)) {
      while (reader.next() != null) {
        // until it ends
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.tfrecord", "a.tfrecord.gz"})
  void readsWhatItWrote(String name) throws IOException {
    try (TfRecords.Reader reader = TfRecords.open(records(name))) {
      assertThat(reader.next()).asString().isEqualTo("first");
      assertThat(reader.next()).isEmpty();
      assertThat(reader.next()).asString().isEqualTo("third");
      assertThat(reader.record()).isEqualTo(3);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void everyFlippedBitAndEveryCutIsSeen() throws IOException {
    Path file = records("a.tfrecord");
    byte[] whole = Files.readAllBytes(file);
    List<Integer> ends = List.of(0, 21, 37, 58);
    for (int i = 0; i < whole.length; i++) {
      byte[] broken = whole.clone();
      broken[i] ^= 4;
      Files.write(file, broken);
      assertThatThrownBy(() -> readAll(file))
          .isInstanceOf(DataFormatException.class)
          .hasMessageMatching(".*a.tfrecord: record [123] .*");
      Files.write(file, Arrays.copyOf(whole, i));
      if (ends.contains(i)) {
        readAll(file);
      } else {
        assertThatThrownBy(() -> readAll(file)).hasMessageContaining("is cut short");
      }
    }
  }

  @Test
  void refusesRecordsOfAnotherLayoutOrVocabulary() throws IOException {
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      MaskingVocabulary vocabulary = MaskingVocabulary.of(tokenizer);
      ExampleSettings settings = ExampleSettings.published(16, PairObjective.NONE);
      Path file = records("a.tfrecord");
      RecordExamples examples =
          new RecordExamples(List.of(file), settings, vocabulary, Shard.WHOLE);
      assertThatThrownBy(() -> examples.epoch(1, 0).hasNext())
          .isInstanceOf(DataFormatException.class)
          .hasMessageStartingWith(file + ": record 1 ");
      int cls = tokenizer.specialTokens().cls();
      write(file, new int[] {2, 2_000, 3}, settings);
      assertThatThrownBy(() -> examples.epoch(1, 0).hasNext())
          .hasMessageContaining("it is of another vocabulary");
      write(file, new int[] {cls, vocabulary.size(), tokenizer.specialTokens().sep()}, settings);
      assertThatThrownBy(() -> examples.epoch(1, 0).hasNext())
          .hasMessageContaining("has 30522 among its input_ids, allowed are 0 to 30521");
      ExampleSettings longer = ExampleSettings.published(24, PairObjective.NONE);
      int[] ids = new int[20];
      Arrays.fill(ids, 2_000);
      ids[0] = cls;
      ids[19] = tokenizer.specialTokens().sep();
      write(file, ids, longer);
      assertThatThrownBy(() -> examples.epoch(1, 0).hasNext())
          .hasMessageContaining("has 20 pieces and 1 predictions, allowed are max_seq_length 16");
    }
  }

  private static void write(Path file, int[] ids, ExampleSettings settings) throws IOException {
    Iterator<PretrainingExample> one =
        List.of(
                new PretrainingExample(
                    ids, new int[ids.length], new int[ids.length], new int[] {1}, new int[] {5}, 0))
            .iterator();
    RecordExamples.write(file, one, settings, 0);
  }
}
