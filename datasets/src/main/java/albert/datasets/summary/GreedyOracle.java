package albert.datasets.summary;

import albert.evaluation.metric.Rouge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The extract that is closest to a reference, sentence after sentence: each time the sentence is
 * added that raises the sum of the F of ROUGE-1 and ROUGE-2 most, until none raises it or there are
 * enough (nlpyang/BertSum, {@code data_builder.py}, {@code greedy_selection}). As there, n-grams
 * are sets, those of the document do not go across sentences, and of equal sentences the first is
 * taken.
 *
 * <p><b>Differs from it</b> in the words, which are those of {@link Rouge} without stems: the
 * published code deletes what is neither a letter nor a digit inside words. Of several references
 * it is the one that can be come closest to, of equally close ones the first.
 *
 * <p>Reference "a b c", sentences "x", "a b x", "c": "a b x" has 2·2/6 + 2·1/4 = 1.167 and "c" 0.5;
 * with both, "c" raises ROUGE-1 to 2·3/7 and leaves ROUGE-2 at 0.5, together 1.357.
 */
public final class GreedyOracle {
  private static final int LONGEST_GRAM = 2;

  private final List<Grams> grams;

  private GreedyOracle(List<Grams> grams) {
    this.grams = grams;
  }

  /**
   * Sets of n-grams, by numbers that stand for them.
   *
   * @param sentences those of each sentence
   * @param reference those of the reference
   */
  private record Grams(List<BitSet> sentences, BitSet reference) {
    static Grams of(List<List<String>> sentences, List<String> reference, int n) {
      Map<List<String>, Integer> numbers = new HashMap<>();
      return new Grams(
          sentences.stream().map(sentence -> set(sentence, n, numbers)).toList(),
          set(reference, n, numbers));
    }

    private static BitSet set(List<String> words, int n, Map<List<String>, Integer> numbers) {
      BitSet set = new BitSet();
      for (int i = 0; i + n <= words.size(); i++) {
        List<String> gram = words.subList(i, i + n);
        numbers.putIfAbsent(gram, numbers.size());
        set.set(Objects.requireNonNull(numbers.get(gram)));
      }
      return set;
    }

    /** F of the sentences together. */
    double f(List<Integer> chosen) {
      BitSet all = new BitSet();
      chosen.forEach(sentence -> all.or(sentences.get(sentence)));
      int size = all.cardinality();
      all.and(reference);
      int sum = size + reference.cardinality();
      return sum == 0 ? 0 : 2.0 * all.cardinality() / sum;
    }
  }

  /**
   * The extract of a document with references.
   *
   * @param most sentences
   * @return indices in the document's order; empty if no sentence has a word of a reference
   */
  public static List<Integer> select(SummaryDocument document, int most) {
    List<List<String>> sentences =
        document.sentences().stream().map(sentence -> Rouge.tokens(sentence, false)).toList();
    List<Integer> best = List.of();
    double highest = 0;
    for (String reference : document.references()) {
      List<Grams> grams = new ArrayList<>();
      for (int n = 1; n <= LONGEST_GRAM; n++) {
        grams.add(Grams.of(sentences, Rouge.tokens(reference, false), n));
      }
      GreedyOracle oracle = new GreedyOracle(grams);
      List<Integer> chosen = oracle.select(sentences.size(), most);
      double score = oracle.score(chosen);
      if (score > highest) {
        best = chosen;
        highest = score;
      }
    }
    return best;
  }

  /**
   * What is to be learnt of a document: 1 for a sentence of its extract and 0 for another. The
   * extract is the data set's; where that does not say, the oracle's.
   *
   * @param most sentences of the oracle's
   */
  public static List<Integer> labels(SummaryDocument document, int most) {
    if (!document.labels().isEmpty()) {
      return document.labels();
    }
    Integer[] labels = new Integer[document.sentences().size()];
    Arrays.fill(labels, 0);
    select(document, most).forEach(sentence -> labels[sentence] = 1);
    return List.of(labels);
  }

  private List<Integer> select(int sentences, int most) {
    List<Integer> chosen = new ArrayList<>();
    double highest = 0;
    int next = 0;
    while (next >= 0 && chosen.size() < most) {
      next = -1;
      for (int sentence = 0; sentence < sentences; sentence++) {
        if (!chosen.contains(sentence)) {
          chosen.add(sentence);
          double score = score(chosen);
          chosen.remove(chosen.size() - 1);
          if (score > highest) {
            highest = score;
            next = sentence;
          }
        }
      }
      if (next >= 0) {
        chosen.add(next);
      }
    }
    Collections.sort(chosen);
    return chosen;
  }

  private double score(List<Integer> chosen) {
    return grams.stream().mapToDouble(each -> each.f(chosen)).sum();
  }
}
