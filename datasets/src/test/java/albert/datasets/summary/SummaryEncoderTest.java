package albert.datasets.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.FeatureCache;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SummaryEncoderTest {

  @TempDir private Path folder;

  private static SummaryDocument document(List<Integer> labels, String... sentences) {
    return new SummaryDocument("0", null, List.of(sentences), labels, List.of("in summer"));
  }

  @Test
  void everySentenceStandsBetweenClsAndSepWithItsLabelInFront() {
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      List<EncodedExample> rows =
          new SummaryEncoder(tokenizer, 32)
              .train(
                  List.of(document(List.of(0, 1, 0), "We ran.", "In summer", "")),
                  1,
                  new FeatureCache(folder));
      assertThat(rows).hasSize(1);
      // [CLS] we ran . [SEP] [CLS] in summer [SEP] [CLS] [SEP]
      assertThat(rows.get(0).sequence().inputIds())
          .containsExactly(101, 2057, 2743, 1012, 102, 101, 1999, 2621, 102, 101, 102);
      assertThat(rows.get(0).sequence().tokenTypeIds())
          .containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0);
      assertThat(rows.get(0).labels()).containsExactly(0, -1, -1, -1, -1, 1, -1, -1, -1, 0, -1);
    }
  }

  /** Where the data names none, the extract that is learnt is the oracle's, and no longer. */
  @Test
  void withoutLabelsTheGreedyOracleIsLearnt() {
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      SummaryDocument none = document(List.of(), "in rain", "summer", "winter");
      FeatureCache cache = new FeatureCache(folder);
      SummaryEncoder encoder = new SummaryEncoder(tokenizer, 32);
      assertThat(encoder.train(List.of(none), 1, cache).get(0).labels())
          .contains(1, Index.atIndex(4))
          .contains(0, Index.atIndex(0));
      assertThat(encoder.train(List.of(none), 3, cache).get(0).labels())
          .containsExactly(1, -1, -1, -1, 1, -1, -1, 0, -1, -1);
    }
  }

  /** Whatever the length, every sentence has its place in one window, whole if it has room. */
  @Test
  void windowsHaveEverySentenceOnceAndWhole() {
    List<String> sentences = new ArrayList<>();
    IntStream.range(0, 25)
        .forEach(i -> sentences.add(String.join(" ", Collections.nCopies(1 + i * 7 % 11, "rain"))));
    SummaryDocument long25 = new SummaryDocument("0", null, sentences, List.of(), List.of("rain"));
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      for (int length : List.of(3, 4, 9, 13, 16, 33, 512)) {
        SummaryWindows encoded =
            new SummaryEncoder(tokenizer, length).encode(List.of(long25, document(List.of(), "a")));
        assertThat(encoded.cut()).isEqualTo(length < 13 ? 1 : 0);
        int next = 0;
        for (SummaryWindow window : encoded.windows().subList(0, encoded.windows().size() - 1)) {
          assertThat(window.document()).isZero();
          assertThat(window.first()).isEqualTo(next);
          assertThat(window.sequence().length()).isLessThanOrEqualTo(length);
          int begin = 0;
          for (int position : window.positions()) {
            int pieces = Math.min(1 + next * 7 % 11, length - 2);
            assertThat(position).isEqualTo(begin);
            assertThat(window.sequence().inputIds()[position]).isEqualTo(101);
            assertThat(window.sequence().inputIds()[position + pieces + 1]).isEqualTo(102);
            begin = position + pieces + 2;
            next++;
          }
          assertThat(begin).isEqualTo(window.sequence().length());
        }
        assertThat(next).as("length %d", length).isEqualTo(25);
        assertThat(encoded.windows().get(encoded.windows().size() - 1).document()).isEqualTo(1);
      }
      assertThatThrownBy(() -> new SummaryEncoder(tokenizer, 2))
          .hasMessageContaining("max_seq_length is 2, at least 3 are needed");
    }
  }

  /** Many documents have a file, in which labels, and so the number of sentences, count. */
  @Test
  void manyDocumentsAreKeptByWhatTheyTeach() throws Exception {
    List<SummaryDocument> many =
        IntStream.range(0, 2_100)
            .mapToObj(i -> document(List.of(), "in rain", "summer", "winter " + i))
            .toList();
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      SummaryEncoder encoder = new SummaryEncoder(tokenizer, 32);
      FeatureCache cache = new FeatureCache(folder);
      List<EncodedExample> one = encoder.train(many, 1, cache);
      List<EncodedExample> two = encoder.train(many, 2, cache);
      assertThat(one).hasSize(2_100);
      assertThat(one.get(2_099).labels()).isNotEqualTo(two.get(2_099).labels());
      assertThat(encoder.train(many, 1, cache).get(7).labels()).isEqualTo(one.get(7).labels());
      try (var files = Files.list(folder)) {
        assertThat(files).hasSize(2);
      }
    }
  }
}
