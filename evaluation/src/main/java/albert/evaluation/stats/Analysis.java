package albert.evaluation.stats;

/**
 * How differences are judged, fixed before the scores are known.
 *
 * @param alpha the chance of any false claim in a family that is put up with, between 0 and 1
 * @param paired whether runs of the same seeds are pairs: Student's test of the pairs instead of
 *     Welch's
 */
public record Analysis(double alpha, boolean paired) {
  /** Welch's test at 0.05. */
  public static final Analysis DEFAULT = new Analysis(0.05, false);

  /** Fewer seeds than this on a side support no conclusion. */
  public static final int FEWEST_SEEDS = 3;

  public Analysis {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha is " + alpha + ", allowed is between 0 and 1");
    }
  }

  /** The level of intervals: 1 - alpha. */
  public double level() {
    return 1 - alpha;
  }

  /** What reports call the test. */
  public String test() {
    return paired ? "paired t test" : "Welch's t test";
  }
}
