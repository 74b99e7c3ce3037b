package albert.datasets.entity;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SentenceEncoderTest {

  @TempDir private Path folder;

  private static TaggedSentence sentence(String text, String... tags) {
    return new TaggedSentence("0", null, List.of(text.split(" ", -1)), List.of(tags));
  }

  @Test
  void theTagStandsAtTheFirstPieceOfAWord() {
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      List<EncodedExample> rows =
          new SentenceEncoder(tokenizer, 32)
              .train(
                  List.of(sentence("Unaffable Zoë \u200b runs", "B-X", "I-X", "I-X", "O")),
                  List.of("O", "B-X", "I-X"),
                  new FeatureCache(folder));
      assertThat(rows).hasSize(1);
      // [CLS] una ##ffa ##ble zoe runs [SEP]
      assertThat(rows.get(0).sequence().inputIds())
          .containsExactly(101, 14477, 20961, 3468, 11199, 3216, 102);
      assertThat(rows.get(0).labels()).containsExactly(-1, 1, -1, -1, 2, 0, -1);
    }
  }

  /** Whatever the length, every word is tagged once, at its first piece, with text around it. */
  @Test
  void windowsTagEveryWordOnce() {
    List<String> words = new ArrayList<>();
    IntStream.range(0, 60).forEach(i -> words.add(i % 7 == 3 ? "unaffable" : "w" + i));
    TaggedSentence long60 = new TaggedSentence("0", null, words, List.of());
    TaggedSentence empty = new TaggedSentence("1", null, List.of("\u200b"), List.of());
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      for (int length : List.of(3, 4, 9, 16, 33, 512)) {
        List<SentenceWindow> windows =
            new SentenceEncoder(tokenizer, length).encode(List.of(long60, empty));
        List<Integer> tagged = new ArrayList<>();
        for (SentenceWindow window : windows) {
          assertThat(window.sequence().length()).isLessThanOrEqualTo(length);
          for (int i = 0; i < window.words().length; i++) {
            tagged.add(window.words()[i]);
            int first = tokenizer.encode(words.get(window.words()[i]))[0];
            assertThat(window.sequence().inputIds()[window.positions()[i]]).isEqualTo(first);
          }
        }
        assertThat(tagged)
            .as("length %d", length)
            .containsExactlyElementsOf(IntStream.range(0, 60).boxed().toList());
        SentenceWindow last = windows.get(windows.size() - 1);
        assertThat(last.sentence()).isEqualTo(1);
        assertThat(Arrays.stream(last.sequence().inputIds())).containsExactly(101, 102);
      }
    }
  }

  @Test
  void theMostFrequentTagIsTaken() {
    FrequentTags tags =
        FrequentTags.train(
            List.of(sentence("a b a", "B-X", "O", "O"), sentence("a c", "B-X", "B-Y")));
    assertThat(tags.tags(sentence("a c d"))).containsExactly("B-X", "B-Y", "O");
  }
}
