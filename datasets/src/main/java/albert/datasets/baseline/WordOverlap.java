package albert.datasets.baseline;

import java.util.HashSet;
import java.util.Set;

/**
 * How many words two texts share: the cosine of their binary word vectors, the baseline of the
 * shared tasks that STS-B was collected from (Cer et al. 2017, arXiv 1708.00055). It learns
 * nothing.
 *
 * <p>A word is a run of letters and digits in lower case; the shared tasks took what stands between
 * white space.
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
