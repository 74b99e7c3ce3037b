package albert.datasets.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.summary.SummaryDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SentenceBayesTest {
  private static SummaryDocument document(List<String> sentences, List<Integer> labels) {
    return new SummaryDocument("d", null, sentences, labels, List.of());
  }

  /**
   * Seven words in all: a, b, begin0 and end1 once in the extract; c, begin1 and end0 once in the
   * rest. Of "a" alone two words speak for the extract and its end against it.
   */
  @Test
  void oddsWorkedByHand() {
    SentenceBayes bayes =
        SentenceBayes.train(List.of(document(List.of("a b", "c"), List.of(1, 0))), 1);
    double seen = (1.1 / (4 + 0.7)) / (0.1 / (3 + 0.7));
    double notSeen = (0.1 / (4 + 0.7)) / (1.1 / (3 + 0.7));
    assertThat(bayes.scores(document(List.of("A!"), List.of())))
        .singleElement()
        .satisfies(
            score ->
                assertThat((double) score)
                    .isCloseTo(Math.log(seen * seen * notSeen), within(1e-6)));
  }

  /** Words that stand alike in both leave the place, from either end; the far ones are alike. */
  @Test
  void wordsAndPlacesAreLearnt() {
    List<SummaryDocument> last = new ArrayList<>();
    List<SummaryDocument> shown = new ArrayList<>();
    for (int size = 2; size < 30; size++) {
      List<String> sentences = new ArrayList<>();
      List<Integer> isLast = new ArrayList<>();
      List<Integer> isShown = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        boolean shows = i == size * 7 % 5 % size;
        sentences.add(shows ? "here we show it" : "it was there");
        isLast.add(i == size - 1 ? 1 : 0);
        isShown.add(shows ? 1 : 0);
      }
      last.add(document(sentences, isLast));
      shown.add(document(sentences, isShown));
    }
    List<Float> ofPlaces =
        SentenceBayes.train(last, 1).scores(document(List.of("x", "y", "z"), List.of()));
    assertThat(ofPlaces.get(2)).isPositive().isGreaterThan(ofPlaces.get(0));
    assertThat(ofPlaces.get(1)).isNegative();
    SentenceBayes words = SentenceBayes.train(shown, 1);
    List<String> sentences =
        List.of("it was there", "it was", "we show it", "there", "a", "b", "c", "d", "e", "f");
    List<Float> ofWords = words.scores(document(sentences, List.of()));
    assertThat(ofWords.get(2)).isPositive();
    for (int i = 0; i < sentences.size(); i++) {
      assertThat(ofWords.get(i)).isLessThanOrEqualTo(ofWords.get(2));
    }
  }

  /** Where the data names no extract it is the greedy oracle's. */
  @Test
  void extractsAreTheOraclesWhereNoneIsNamed() {
    List<String> sentences = List.of("old stones lie here", "rivers flow", "and glass breaks");
    SummaryDocument referred =
        new SummaryDocument("d", null, sentences, List.of(), List.of("the glass breaks"));
    assertThat(SentenceBayes.train(List.of(referred), 1).scores(referred))
        .isEqualTo(
            SentenceBayes.train(List.of(document(sentences, List.of(0, 0, 1))), 1)
                .scores(referred));
  }
}
