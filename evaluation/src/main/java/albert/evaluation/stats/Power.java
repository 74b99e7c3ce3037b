package albert.evaluation.stats;

import albert.evaluation.Require;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What a study can find, at a level of 0.05 in the first step of Holm's correction and with a
 * chance of 80 % ({@value #POWER}). The quantiles of the non-central t are taken as the sum of two
 * central ones, which is good to about a per cent from 5 pairs on: a paired t test of 10 pairs
 * resolves 0.99 standard deviations of the differences (exact: 1.00).
 */
public final class Power {
  /** The chance of finding a difference that is there. */
  public static final double POWER = 0.8;

  private static final int MOST_PAIRS = 10_000;

  /** Every number of pairs to 100, then in steps of 2 %. */
  private static final int[] PAIRS =
      IntStream.iterate(2, n -> n <= MOST_PAIRS, n -> n < 100 ? n + 1 : n + n / 50).toArray();

  private Power() {}

  /**
   * The least difference of the means of two variants that seeds can resolve.
   *
   * @param deviation standard deviation of one variant's scores over its seeds, the other's being
   *     the same; 1 for the answer in standard deviations
   * @param seeds of each variant
   * @param comparisons in the family, 1 and more
   * @return infinite if no difference can be resolved: too few seeds for any test
   */
  public static double resolvable(double deviation, int seeds, int comparisons) {
    Require.atLeast("comparisons", comparisons, 1);
    double alpha = Comparison.ALPHA / comparisons;
    if (!isDecidable(seeds, comparisons)) {
      return Double.POSITIVE_INFINITY;
    }
    TDistribution t = TDistribution.of(2.0 * seeds - 2);
    double quantiles =
        t.inverseSurvivalProbability(alpha / 2) + t.inverseCumulativeProbability(POWER);
    return deviation * Math.sqrt(2.0 / seeds) * quantiles;
  }

  /**
   * {@link #resolvable} in a sentence, for who is about to run a study.
   *
   * @param seeds of each variant
   * @param comparisons in the family, 1 and more
   */
  public static String sentence(int seeds, int comparisons) {
    double deviations = resolvable(1, seeds, comparisons);
    String studied =
        String.format(
            Locale.ROOT,
            "%d seed%s in %d comparison%s",
            seeds,
            seeds == 1 ? "" : "s",
            comparisons,
            comparisons == 1 ? "" : "s");
    return Double.isInfinite(deviations)
        ? studied + " are too few for any test: at least 3 seeds are needed"
        : String.format(
            Locale.ROOT,
            "%s find a difference of %.1f standard deviations of a variant's seeds with 80 %% power",
            studied,
            deviations);
  }

  /**
   * The least difference of two accuracies that a test set can resolve, by the examples on which
   * two models disagree in being right (McNemar).
   *
   * @param items number of examples
   * @param discordant share of the examples that exactly one of them has right, 0 to 1
   * @param comparisons in the family, 1 and more
   */
  public static double resolvableAccuracy(long items, double discordant, int comparisons) {
    Require.atLeast("comparisons", comparisons, 1);
    Require.atLeast("items", items, 1);
    if (!(discordant > 0 && discordant <= 1)) {
      throw new IllegalArgumentException(
          "discordant is " + discordant + ", allowed are above 0 to 1");
    }
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double quantiles =
        normal.inverseSurvivalProbability(Comparison.ALPHA / comparisons / 2)
            + normal.inverseCumulativeProbability(POWER);
    return Math.min(1, quantiles * Math.sqrt(discordant / items));
  }

  /**
   * Pairs of seeds that resolve a difference.
   *
   * @param difference of the means, absolute
   * @param deviation standard deviation of the differences of the pairs
   * @param comparisons in the family, 1 and more
   * @return empty if more than {@value #MOST_PAIRS} are needed
   */
  public static OptionalInt pairsFor(double difference, double deviation, int comparisons) {
    Require.atLeast("comparisons", comparisons, 1);
    int below = -1; // place in the list; more pairs resolve more, so the first is found by halving
    int above = PAIRS.length;
    while (above - below > 1) {
      int middle = (below + above) >>> 1;
      if (resolves(difference, deviation, PAIRS[middle], comparisons)) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return above == PAIRS.length ? OptionalInt.empty() : OptionalInt.of(PAIRS[above]);
  }

  private static boolean resolves(double difference, double deviation, int n, int comparisons) {
    if (!isDecidable(n, comparisons)) {
      return false;
    }
    TDistribution t = TDistribution.of(n - 1.0);
    double quantiles =
        t.inverseSurvivalProbability(Comparison.ALPHA / comparisons / 2)
            + t.inverseCumulativeProbability(POWER);
    return difference >= deviation * quantiles / Math.sqrt(n);
  }

  /** Whether the test that {@link SeedTest} takes can find anything at all. */
  public static boolean isDecidable(int pairs, int comparisons) {
    if (pairs >= SeedTest.FEWEST_FOR_T) {
      return true;
    }
    double least = pairs < 1 ? 1 : 2.0 / PermutationTest.arrangements(pairs, pairs);
    return least * comparisons <= Comparison.ALPHA;
  }
}
