package albert.datasets.baseline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Passages ranked by the words of a query: Okapi BM25 (Robertson, Walker, Jones, Hancock-Beaulieu
 * and Gatford, Okapi at TREC-3) with k1 = 1.2 and b = 0.75.
 *
 * <p>The score of a passage is the sum over the query's words, each as often as it is there, of
 * {@code idf · f / (f + k1 (1 - b + b · length / mean length))}, where f counts the word in the
 * passage and {@code idf = ln(1 + (N - n + 0.5) / (n + 0.5))} for a word that n of N passages have.
 * As in Lucene's {@code BM25Similarity} the 1 keeps the idf of frequent words above 0, and the
 * constant factor k1 + 1 is left out. A word is a run of letters and digits in lower case; nothing
 * is stemmed or left out.
 */
public final class Bm25 {
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  /** How often a passage has a word. */
  private record Posting(int passage, int count) {}

  private final Map<String, List<Posting>> postings = new HashMap<>();
  private final int[] lengths;
  private final double meanLength;

  /**
   * Counts the words of passages.
   *
   * @param passages at least one
   */
  public Bm25(List<String> passages) {
    lengths = new int[passages.size()];
    long words = 0;
    for (int passage = 0; passage < lengths.length; passage++) {
      Map<String, Integer> counts = new HashMap<>();
      Words.of(passages.get(passage)).forEach(word -> counts.merge(word, 1, Integer::sum));
      for (Map.Entry<String, Integer> entry : counts.entrySet()) {
        postings
            .computeIfAbsent(entry.getKey(), word -> new ArrayList<>())
            .add(new Posting(passage, entry.getValue()));
        lengths[passage] += entry.getValue();
      }
      words += lengths[passage];
    }
    meanLength = (double) words / lengths.length;
  }

  /** The score of every passage, in their order; 0 where a passage has none of the words. */
  public double[] scores(String query) {
    double[] scores = new double[lengths.length];
    for (String word : Words.of(query)) {
      List<Posting> with = postings.getOrDefault(word, List.of());
      double idf = Math.log(1 + (lengths.length - with.size() + 0.5) / (with.size() + 0.5));
      for (Posting posting : with) {
        double norm = K1 * (1 - B + B * lengths[posting.passage()] / meanLength);
        scores[posting.passage()] += idf * posting.count() / (posting.count() + norm);
      }
    }
    return scores;
  }
}
