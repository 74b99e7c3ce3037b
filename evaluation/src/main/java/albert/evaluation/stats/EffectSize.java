package albert.evaluation.stats;

/** How large a difference is, apart from how sure it is. */
public final class EffectSize {
  private EffectSize() {}

  /**
   * Cohen's d of paired samples: mean of a - b over their standard deviation (divisor n - 1). NaN
   * for fewer than two pairs and where all differences are equal.
   *
   * @throws IllegalArgumentException if the lengths differ or the samples are empty or not finite
   */
  public static double cohensDPaired(double[] a, double[] b) {
    double[] differences = Samples.differences(a, b);
    return Samples.constant(differences)
        ? Double.NaN
        : Samples.mean(differences) / Samples.standardDeviation(differences);
  }
}
