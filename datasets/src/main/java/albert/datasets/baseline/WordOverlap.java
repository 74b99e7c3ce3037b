package albert.datasets.baseline;

import java.util.HashSet;
import java.util.Set;

/**
 * How many words two texts share: the cosine of their binary word vectors, whose dimensions say
 * whether a word is in a text and not how often. It is the baseline of SemEval-2017's task of
 * semantic textual similarity, with which STS-B was published (Cer et al., arXiv 1708.00055,
 * section 6.4). It learns nothing.
 *
 * <p>What counts as a word is ours: a run of letters and digits, in lower case.
 */
public final class WordOverlap {
  private WordOverlap() {}

  /**
   * The number of different words that both texts have, divided by the root of the product of the
   * numbers of different words in each: {@code a b c} and {@code b c d e} have 2 / √(3 · 4) =
   * 0.577.
   *
   * @return from 0 to 1; 0 if a text has no word
   */
  public static double cosine(String first, String second) {
    Set<String> one = new HashSet<>(Words.of(first));
    Set<String> other = new HashSet<>(Words.of(second));
    long shared = one.stream().filter(other::contains).count();
    return shared == 0 ? 0 : shared / Math.sqrt((double) one.size() * other.size());
  }
}
