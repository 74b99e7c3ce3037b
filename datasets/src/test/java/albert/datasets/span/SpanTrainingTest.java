package albert.datasets.span;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows to learn from are those that are encoded, from a file too. */
final class SpanTrainingTest {

  @TempDir private Path folder;

  private static List<SpanExample> questions(int count) {
    List<SpanExample> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String before = "the cat saw ".repeat(i % 7);
      questions.add(
          new SpanExample(
              "q" + i,
              "title",
              "who saw " + i + "?",
              before + "Zoë and the dogs in 2019",
              i % 5 == 0 ? List.of() : List.of(new SpanAnswer("Zoë", before.length()))));
    }
    return questions;
  }

  @Test
  void aFileGivesTheSameWindowsAndPositions() throws IOException {
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      SpanEncoder encoder = new SpanEncoder(tokenizer, 20, 6, 8);
      for (int count : List.of(30, 2500)) {
        SpanWindows windows = encoder.encode(questions(count));
        FeatureCache cache = new FeatureCache(folder);
        check(encoder.train(questions(count), cache), windows);
        check(encoder.train(questions(count), cache), windows);
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).hasSize(1);
      }
    }
  }

  private static void check(List<EncodedExample> training, SpanWindows windows) {
    assertThat(training).hasSameSizeAs(windows.windows());
    List<EncodedBatch> expected = new Batcher(windows.examples(), 16, 0).epoch(1, 0);
    List<EncodedBatch> found = new Batcher(training, 16, 0).epoch(1, 0);
    for (int i = 0; i < expected.size(); i++) {
      EncodedBatch batch = found.get(i);
      assertThat(batch.inputIds()).isEqualTo(expected.get(i).inputIds());
      assertThat(batch.rows()).isEqualTo(expected.get(i).rows());
      for (int row = 0; row < batch.size(); row++) {
        SpanWindow window = windows.windows().get(batch.rows()[row]);
        assertThat(batch.labels()[row])
            .containsExactly(window.startPosition(), window.endPosition());
      }
    }
  }
}
