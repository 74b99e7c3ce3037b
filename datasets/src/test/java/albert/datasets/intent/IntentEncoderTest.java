package albert.datasets.intent;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.entity.SentenceEncoder;
import albert.datasets.entity.TaggedSentence;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IntentEncoderTest {

  @TempDir private Path folder;

  /** The intent stands before the labels of the pieces, and in the first window alone. */
  @Test
  void theIntentIsLearntInTheFirstWindow() {
    IntentSentence shortOne = sentence("unaffable runs", "B-X", "O");
    IntentSentence longOne = sentence("one two three four", "O", "O", "O", "B-X");
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      List<EncodedExample> rows =
          new IntentEncoder(new SentenceEncoder(tokenizer, 6))
              .train(
                  List.of(shortOne, longOne, new IntentSentence(longOne.sentence(), "a")),
                  List.of("a", "b"),
                  List.of("O", "B-X"),
                  new FeatureCache(folder));
      assertThat(rows.get(0).labels()).containsExactly(1, -1, 1, -1, -1, 0, -1);
      assertThat(rows.get(1).labels()).containsExactly(1, -1, 0, 0, 0, 1, -1);
      assertThat(rows.get(2).labels()[0]).isZero();
      List<EncodedExample> windows =
          new IntentEncoder(new SentenceEncoder(tokenizer, 4))
              .train(
                  List.of(longOne),
                  List.of("a", "b"),
                  List.of("O", "B-X"),
                  new FeatureCache(folder));
      assertThat(windows).hasSizeGreaterThan(1);
      assertThat(windows).extracting(row -> row.labels()[0]).startsWith(1.0).containsOnlyOnce(1.0);
      assertThat(windows)
          .allMatch(row -> row.labels().length == row.length() + 1)
          .extracting(
              row ->
                  (int)
                      java.util.Arrays.stream(row.labels(), 1, row.length() + 1)
                          .filter(label -> label >= 0)
                          .count())
          .satisfies(counts -> assertThat(counts.stream().mapToInt(c -> c).sum()).isEqualTo(4));
    }
  }

  private static IntentSentence sentence(String text, String... tags) {
    return new IntentSentence(
        new TaggedSentence("0", null, List.of(text.split(" ", -1)), List.of(tags)), "b");
  }
}
