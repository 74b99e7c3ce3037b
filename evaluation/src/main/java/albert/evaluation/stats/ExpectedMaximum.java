package albert.evaluation.stats;

import albert.evaluation.Require;
import java.util.Arrays;

/**
 * The expected best of several runs, for what a search over settings would have found with a
 * smaller budget (Dodge et al., arXiv 1909.03004, equation 4): the expected maximum of n draws with
 * replacement from the N runs that were made, the sum over the scores v in ascending order of v
 * ((i/N)^n - ((i-1)/N)^n). For two draws from 1, 2, 3 it is (1 + 2·3 + 3·5)/9 = 22/9.
 */
public final class ExpectedMaximum {
  private ExpectedMaximum() {}

  /**
   * The expected maximum.
   *
   * @param scores of the runs
   * @param draws 1 and more
   * @throws IllegalArgumentException if there is no score, one is not finite or draws is below 1
   */
  public static double of(double[] scores, int draws) {
    Require.atLeast("draws", draws, 1);
    double[] sorted = Samples.requireFinite(scores).clone();
    Arrays.sort(sorted);
    double expected = 0;
    for (int i = 0; i < sorted.length; i++) {
      double atMost = Math.pow((i + 1.0) / sorted.length, draws);
      double below = Math.pow((double) i / sorted.length, draws);
      expected += sorted[i] * (atMost - below);
    }
    return expected;
  }
}
