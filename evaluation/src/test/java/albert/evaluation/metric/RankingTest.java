package albert.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks and retrieval scores, by hand and against a sort. */
final class RankingTest {

  @Test
  void ofEqualScoresTheFirstComesFirst() {
    float[] scores = {0.5f, 0.9f, 0.5f, -0.1f, 0.9f};
    assertThat(Ranking.best(scores, 0, 5, 3)).containsExactly(1, 4, 0);
    assertThat(Ranking.best(scores, 0, 5, 9)).containsExactly(1, 4, 0, 2, 3);
    assertThat(Ranking.best(scores, 2, 3, 2)).containsExactly(2, 0);
    assertThat(IntStream.range(0, 5).map(i -> Ranking.rank(j -> scores[j], 5, i)).toArray())
        .containsExactly(3, 1, 4, 5, 2);
  }

  @Test
  void zeroIsEqualToMinusZeroAndInfinitiesAreOrdered() {
    float[] scores = {-0f, 0f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -Float.MIN_VALUE};
    assertThat(Ranking.best(scores, 0, 5, 5)).containsExactly(3, 0, 1, 4, 2);
    assertThat(Ranking.rank(i -> scores[i], 5, 1)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1000})
  void theBestAreThoseOfASort(int best) {
    Random random = new Random(best);
    float[] scores = new float[1000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (random.nextInt(41) - 20) / 8f; // many ties
    }
    List<Integer> sorted =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -scores[i]))
            .toList();
    int[] found = Ranking.best(scores, 0, scores.length, best);
    assertThat(IntStream.of(found).boxed().toList()).isEqualTo(sorted.subList(0, best));
    for (int i = 0; i < best; i++) {
      assertThat(Ranking.rank(j -> scores[j], scores.length, found[i])).isEqualTo(i + 1);
    }
  }

  @Test
  void retrievalScoresByHand() {
    Map<String, MetricValue> scores = RetrievalScores.of(new int[] {1, 3, 20, 10, 6});
    assertThat(scores.keySet())
        .containsExactly("recall@1", "recall@5", "recall@10", "mrr@10", "mrr");
    assertThat(scores.values().stream().mapToDouble(MetricValue::orNaN).toArray())
        .containsExactly(
            new double[] {
              0.2,
              0.4,
              0.8,
              (1 + 1 / 3.0 + 1 / 10.0 + 1 / 6.0) / 5,
              (1 + 1 / 3.0 + 1 / 20.0 + 1 / 10.0 + 1 / 6.0) / 5
            },
            within(1e-15));
  }

  @Test
  void withoutQueriesTheyAreUndefined() {
    assertThat(RetrievalScores.of(new int[0]).values())
        .hasSize(5)
        .allMatch(value -> "no queries".equals(value.reason()));
  }
}
