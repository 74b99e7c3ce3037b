package albert.evaluation.stats;

import albert.evaluation.Require;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The scores of one variant over its seeds. Runs without a score are counted, not averaged.
 *
 * @param n seeds with a score
 * @param failed seeds whose run failed
 * @param undefined seeds whose run did not fail and has a score that is undefined
 * @param mean mean of the scores; empty without scores
 * @param standardDeviation divisor n - 1; empty with fewer than two scores
 * @param median median of the scores; empty without scores
 * @param min least score; empty without scores
 * @param max greatest score; empty without scores
 * @param interval Student's 95 % interval of the mean; undefined with fewer than two scores
 */
public record SeedSummary(
    int n,
    int failed,
    int undefined,
    OptionalDouble mean,
    OptionalDouble standardDeviation,
    OptionalDouble median,
    OptionalDouble min,
    OptionalDouble max,
    Interval interval) {
  /** Level of the interval. */
  public static final double LEVEL = 0.95;

  /** Sums up where no score is undefined. */
  public static SeedSummary of(double[] scores, int failed) {
    return of(scores, failed, 0);
  }

  /**
   * Sums up.
   *
   * @param scores finite scores, one a seed
   * @param failed number of seeds whose run failed
   * @param undefined number of seeds whose score is undefined
   * @throws IllegalArgumentException if a score is not finite: count it as failed or undefined
   */
  public static SeedSummary of(double[] scores, int failed, int undefined) {
    Require.atLeast("failed", failed, 0);
    Require.atLeast("undefined", undefined, 0);
    if (scores.length == 0) {
      OptionalDouble none = OptionalDouble.empty();
      return new SeedSummary(
          0, failed, undefined, none, none, none, none, none, Interval.UNDEFINED);
    }
    SampleDescription described = SampleDescription.of(scores);
    return new SeedSummary(
        scores.length,
        failed,
        undefined,
        OptionalDouble.of(described.mean()),
        scores.length < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(described.standardDeviation()),
        OptionalDouble.of(described.median()),
        Arrays.stream(scores).min(),
        Arrays.stream(scores).max(),
        Interval.student(scores, LEVEL));
  }

  /** All seeds whose run is over. */
  public int runs() {
    return n + failed + undefined;
  }

  /**
   * Whether the 95 % interval of the mean lies above a figure; never with fewer than two scores.
   */
  public boolean clearlyAbove(double figure) {
    return interval.low() > figure;
  }
}
