package albert.evaluation.stats;

import java.util.OptionalDouble;

/**
 * Difference of two means over seeds, and what it is worth. The noise is 2·√(s₁²/n₁ + s₂²/n₂), with
 * the standard deviations of the seeds. For means 0.80 and 0.75 with s 0.02 and n 5 on both sides:
 * difference 0.05, noise 0.0253, above.
 *
 * @param difference variant minus baseline; empty if a side has no score
 * @param noise largest difference that is within noise; empty if a side has fewer than two scores
 * @param verdict what follows
 */
public record SeedDifference(OptionalDouble difference, OptionalDouble noise, Verdict verdict) {

  /** Where a variant stands against its baseline. */
  public enum Verdict {
    /** Beyond noise, with the higher mean. */
    ABOVE,
    /** Beyond noise, with the lower mean. */
    BELOW,
    /** Not to be told apart. */
    WITHIN_NOISE,
    /** A side has fewer than two scores: the noise is not known. */
    UNKNOWN
  }

  static SeedDifference of(SeedSummary variant, SeedSummary baseline) {
    if (variant.mean().isEmpty() || baseline.mean().isEmpty()) {
      return new SeedDifference(OptionalDouble.empty(), OptionalDouble.empty(), Verdict.UNKNOWN);
    }
    double difference = variant.mean().getAsDouble() - baseline.mean().getAsDouble();
    if (variant.standardDeviation().isEmpty() || baseline.standardDeviation().isEmpty()) {
      return new SeedDifference(
          OptionalDouble.of(difference), OptionalDouble.empty(), Verdict.UNKNOWN);
    }
    double noise = 2 * Math.sqrt(squaredError(variant) + squaredError(baseline));
    return new SeedDifference(
        OptionalDouble.of(difference), OptionalDouble.of(noise), verdict(difference, noise));
  }

  private static Verdict verdict(double difference, double noise) {
    if (Math.abs(difference) <= noise) {
      return Verdict.WITHIN_NOISE;
    }
    return difference > 0 ? Verdict.ABOVE : Verdict.BELOW;
  }

  private static double squaredError(SeedSummary summary) {
    double s = summary.standardDeviation().orElseThrow();
    return s * s / summary.n();
  }
}
