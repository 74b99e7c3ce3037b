package albert.evaluation.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * A variant against its baseline, as one of a family of comparisons. A difference counts only if it
 * is beyond noise ({@link SeedDifference}) and if the test's p, corrected by Holm for the family,
 * is at most {@value #ALPHA}.
 *
 * @param noise the difference of the means, and the noise
 * @param test the test by seeds; empty where a side has no score
 * @param adjustedP p corrected for the family; empty without one
 * @param family number of comparisons that the correction is for
 * @param verdict what follows
 */
public record Comparison(
    SeedDifference noise,
    Optional<SeedTest> test,
    OptionalDouble adjustedP,
    int family,
    Verdict verdict) {
  /** The chance of any false finding in a family that is put up with. */
  public static final double ALPHA = 0.05;

  /** More seeds than this are not asked for. */
  private static final double MOST_SEEDS = 10_000;

  /** Where a variant stands. */
  public enum Verdict {
    /** Higher than the baseline. */
    HIGHER,
    /** Lower than the baseline. */
    LOWER,
    /** Not distinguishable from the baseline. */
    NOT_DISTINGUISHABLE,
    /** Beyond noise, but with so few seeds no test can decide. */
    TOO_FEW_SEEDS,
    /** A side has fewer than two scores: nothing is known of the noise. */
    UNKNOWN
  }

  /**
   * The scores of a variant and of its baseline by seed.
   *
   * @param variant may be empty
   * @param baseline may be empty
   */
  public record Sides<K extends Comparable<K>>(
      SortedMap<K, Double> variant, SortedMap<K, Double> baseline) {}

  /** The comparisons of a family, in its order. */
  public static <K extends Comparable<K>> List<Comparison> family(List<Sides<K>> family) {
    int compared =
        (int)
            family.stream()
                .filter(sides -> !sides.variant().isEmpty() && !sides.baseline().isEmpty())
                .count();
    List<Optional<SeedTest>> tests =
        family.stream()
            .map(
                sides ->
                    sides.variant().isEmpty() || sides.baseline().isEmpty()
                        ? Optional.<SeedTest>empty()
                        : Optional.of(SeedTest.of(sides.variant(), sides.baseline(), compared)))
            .toList();
    double[] p =
        tests.stream()
            .flatMap(Optional::stream)
            .mapToDouble(SeedTest::p)
            .filter(x -> !Double.isNaN(x))
            .toArray();
    double[] adjusted = Correction.HOLM.adjust(p);
    List<Comparison> comparisons = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < family.size(); i++) {
      boolean defined = tests.get(i).filter(test -> !Double.isNaN(test.p())).isPresent();
      OptionalDouble own = defined ? OptionalDouble.of(adjusted[next++]) : OptionalDouble.empty();
      SeedDifference noise =
          summary(family.get(i).variant()).minus(summary(family.get(i).baseline()));
      comparisons.add(
          new Comparison(
              noise, tests.get(i), own, p.length, verdict(noise, tests.get(i), own, p.length)));
    }
    return comparisons;
  }

  private static SeedSummary summary(SortedMap<?, Double> scores) {
    return SeedSummary.of(scores.values().stream().mapToDouble(Double::doubleValue).toArray(), 0);
  }

  private static Verdict verdict(
      SeedDifference noise, Optional<SeedTest> test, OptionalDouble adjusted, int family) {
    return switch (noise.verdict()) {
      case UNKNOWN -> Verdict.UNKNOWN;
      case WITHIN_NOISE -> Verdict.NOT_DISTINGUISHABLE;
      case ABOVE, BELOW -> {
        if (adjusted.isPresent() && adjusted.getAsDouble() <= ALPHA) {
          yield noise.verdict() == SeedDifference.Verdict.ABOVE ? Verdict.HIGHER : Verdict.LOWER;
        }
        boolean decidable =
            test.isPresent() && adjusted.isPresent() && test.get().leastP() * family <= ALPHA;
        yield decidable ? Verdict.NOT_DISTINGUISHABLE : Verdict.TOO_FEW_SEEDS;
      }
    };
  }

  /**
   * How many seeds more on both sides would decide, if difference and spread stayed as they are: so
   * many that the difference is beyond noise and that the test finds it with 80 % power in the
   * first step of the correction. Empty where that can't be said: the comparison is decided, or
   * fewer than two pairs or no difference is there.
   */
  public OptionalInt moreSeeds() {
    boolean open = verdict == Verdict.NOT_DISTINGUISHABLE || verdict == Verdict.TOO_FEW_SEEDS;
    if (!open || test.isEmpty() || !test.get().interval().defined()) {
      return OptionalInt.empty();
    }
    int have = test.get().n();
    double difference = test.get().meanDifference();
    double deviation = difference == 0 ? Double.NaN : difference / test.get().effectSize();
    OptionalInt needed =
        Power.pairsFor(
            Math.abs(difference),
            Double.isNaN(deviation) ? 0 : Math.abs(deviation),
            Math.max(1, family));
    if (needed.isEmpty() || difference == 0) {
      return OptionalInt.empty();
    }
    double beyondNoise = seedsBeyondNoise(have);
    return beyondNoise > MOST_SEEDS
        ? OptionalInt.empty()
        : OptionalInt.of(Math.max(1, Math.max(needed.getAsInt(), (int) beyondNoise) - have));
  }

  /**
   * The noise falls with the root of the seeds: the fewest with which it is below the difference.
   */
  private double seedsBeyondNoise(int have) {
    double ratio = noise.noise().orElse(0) / Math.abs(noise.difference().orElse(0));
    return Math.floor(have * ratio * ratio) + 1;
  }
}
