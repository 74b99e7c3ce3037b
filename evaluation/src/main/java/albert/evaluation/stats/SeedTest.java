package albert.evaluation.stats;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The test of a variant against its baseline by the scores of their seeds, two-sided. Which test it
 * is follows from the number of seeds and of comparisons, not from the scores: an exact one as long
 * as it can give a p that survives the correction, else Student's of the pairs, which takes the
 * differences for normal, from {@value #FEWEST_FOR_T} pairs on. The sign changes of 5 pairs never
 * give less than 0.0625, the deals of 5 and 5 figures 0.0079: enough for 6 comparisons.
 *
 * @param kind which test
 * @param n pairs, or for tests without pairs the seeds of the side that has fewer
 * @param meanDifference variant minus baseline over the pairs; over all seeds where no seed is on
 *     both sides
 * @param interval Student's 95 % interval of the mean difference over the pairs; undefined for
 *     fewer than two
 * @param effectSize Cohen's d of the pairs; NaN where undefined
 * @param p probability; NaN where undefined
 * @param leastP the least p that the test can give with so many seeds
 */
public record SeedTest(
    Kind kind,
    int n,
    double meanDifference,
    Interval interval,
    double effectSize,
    double p,
    double leastP) {
  /** Pairs from which a t test is taken where no exact one can decide. */
  static final int FEWEST_FOR_T = 3;

  /** Pairs from which all sign changes can give a p of less than 0.05. */
  static final int FEWEST_PAIRS = 6;

  /** Pairs up to which all sign changes are counted. */
  static final int MOST_PAIRS = 20;

  /** The tests. */
  public enum Kind {
    /** {@link PermutationTest}: seeds of both sides, not paired. */
    PERMUTATION("exact permutation test"),
    /** {@link SignFlipTest}: seeds that both sides have. */
    SIGN_FLIP("exact sign-flip test of pairs"),
    /** {@link TTest#paired}: seeds that both sides have. */
    PAIRED_T("paired t test"),
    /** {@link TTest#welch}: seeds of both sides, not paired. */
    WELCH_T("Welch's t test");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** What reports call it. */
    public String words() {
      return words;
    }
  }

  /**
   * Tests.
   *
   * @param variant scores by seed, at least one
   * @param baseline likewise; a seed that is on both sides is a pair
   * @param comparisons in the family that the p is to be corrected for, 1 and more
   */
  public static <K> SeedTest of(Map<K, Double> variant, Map<K, Double> baseline, int comparisons) {
    List<K> common = variant.keySet().stream().filter(baseline::containsKey).toList();
    double[] a = array(variant);
    double[] b = array(baseline);
    double[] pairedA = common.stream().mapToDouble(variant::get).toArray();
    double[] pairedB = common.stream().mapToDouble(baseline::get).toArray();
    double difference =
        common.isEmpty()
            ? Samples.mean(a) - Samples.mean(b)
            : Samples.mean(Samples.differences(pairedA, pairedB));
    Interval interval =
        common.size() < 2
            ? Interval.UNDEFINED
            : Interval.student(Samples.differences(pairedA, pairedB), SeedSummary.LEVEL);
    double effect = common.size() < 2 ? Double.NaN : EffectSize.cohensDPaired(pairedA, pairedB);
    Outcome exact = common.size() >= FEWEST_PAIRS ? ofPairs(pairedA, pairedB) : ofGroups(a, b);
    Outcome outcome =
        exact.leastP * comparisons <= Comparison.ALPHA
            ? exact
            : student(pairedA, pairedB, a, b).orElse(exact);
    return new SeedTest(
        outcome.kind, outcome.n, difference, interval, effect, outcome.p, outcome.leastP);
  }

  private record Outcome(Kind kind, int n, double p, double leastP) {}

  /** Student's test; where all differences are equal, which it can't judge, Welch's. */
  private static Optional<Outcome> student(
      double[] pairedA, double[] pairedB, double[] a, double[] b) {
    if (pairedA.length >= FEWEST_FOR_T) {
      double p = TTest.paired(pairedA, pairedB).p();
      if (!Double.isNaN(p)) {
        return Optional.of(new Outcome(Kind.PAIRED_T, pairedA.length, p, 0));
      }
    }
    int n = Math.min(a.length, b.length);
    double p = n >= FEWEST_FOR_T ? TTest.welch(a, b).p() : Double.NaN;
    return Double.isNaN(p) ? Optional.empty() : Optional.of(new Outcome(Kind.WELCH_T, n, p, 0));
  }

  private static Outcome ofPairs(double[] a, double[] b) {
    int n = a.length;
    if (n <= MOST_PAIRS) {
      return new Outcome(Kind.SIGN_FLIP, n, SignFlipTest.of(a, b).p(), Math.pow(2, 1 - n));
    }
    return new Outcome(Kind.PAIRED_T, n, TTest.paired(a, b).p(), 0);
  }

  private static Outcome ofGroups(double[] a, double[] b) {
    int n = Math.min(a.length, b.length);
    long deals = PermutationTest.arrangements(a.length, b.length);
    if (deals > PermutationTest.MAX_ARRANGEMENTS) {
      return new Outcome(Kind.WELCH_T, n, TTest.welch(a, b).p(), 0);
    }
    // with equal sizes the opposite of a deal is a deal, and as extreme
    double least = (a.length == b.length ? 2.0 : 1.0) / deals;
    return new Outcome(Kind.PERMUTATION, n, PermutationTest.of(a, b).p(), Math.min(1, least));
  }

  private static double[] array(Map<?, Double> scores) {
    return scores.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
