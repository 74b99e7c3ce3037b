package albert.evaluation.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * How well queries find the one passage that is right for each.
 *
 * <p>{@code recall@k} is the part of the queries whose passage is among the first k. {@code mrr} is
 * the mean reciprocal rank, the mean of 1/rank over the queries, and {@code mrr@10} the same with 0
 * for ranks above 10, as MS MARCO counts it. Ranks 1, 3 and 20: recall@1 0.333, recall@5 and
 * recall@10 0.667, mrr@10 (1 + 1/3) / 3 = 0.444, mrr 0.461.
 */
public final class RetrievalScores {
  private static final int[] RECALLS = {1, 5, 10};
  private static final int DEEPEST = 10;

  private RetrievalScores() {}

  /**
   * The scores by name; undefined without queries.
   *
   * @param ranks of the right passages, from 1, a query each: see {@link Ranking#rank} for ties
   */
  public static Map<String, MetricValue> of(int[] ranks) {
    Map<String, MetricValue> scores = new LinkedHashMap<>();
    for (int k : RECALLS) {
      scores.put("recall@" + k, mean(ranks, rank -> rank <= k ? 1 : 0));
    }
    scores.put("mrr@" + DEEPEST, mean(ranks, rank -> rank <= DEEPEST ? 1.0 / rank : 0));
    scores.put("mrr", mean(ranks, rank -> 1.0 / rank));
    return scores;
  }

  private static MetricValue mean(int[] ranks, IntToDoubleFunction worth) {
    return ranks.length == 0
        ? MetricValue.undefined("no queries")
        : MetricValue.of(Arrays.stream(ranks).mapToDouble(worth).sum() / ranks.length);
  }
}
