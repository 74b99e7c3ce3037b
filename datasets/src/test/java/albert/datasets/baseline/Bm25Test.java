package albert.datasets.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** BM25 by hand. */
final class Bm25Test {

  /** Three passages of 2, 3 and 1 words, 2 on average. */
  private static final Bm25 SMALL = new Bm25(List.of("a b", "A, a c", "d"));

  @Test
  void twoPassagesShareAWord() {
    double idf = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5)); // ln 1.6
    double[] scores = SMALL.scores("a");
    assertThat(scores[0]).isCloseTo(idf * 1 / (1 + 1.2), within(1e-15));
    assertThat(scores[1])
        .isCloseTo(idf * 2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2)), within(1e-15))
        .isCloseTo(0.257536, within(1e-6));
    assertThat(scores[2]).isZero();
  }

  @Test
  void aWordOfTheQueryCountsAsOftenAsItIsThere() {
    double once = SMALL.scores("d")[2];
    assertThat(once).isCloseTo(Math.log(1 + 2.5 / 1.5) / (1 + 1.2 * 0.625), within(1e-15));
    assertThat(SMALL.scores("d x D")[2]).isCloseTo(2 * once, within(1e-15));
    assertThat(SMALL.scores("b d")[0]).isEqualTo(SMALL.scores("b")[0]);
  }

  @Test
  void whatHasNoKnownWordScoresZero() {
    assertThat(SMALL.scores("")).containsOnly(0);
    assertThat(SMALL.scores("?!")).containsOnly(0);
    assertThat(SMALL.scores("unheard")).containsOnly(0);
    assertThat(new Bm25(List.of("", "...")).scores("a")).containsExactly(0, 0);
  }
}
