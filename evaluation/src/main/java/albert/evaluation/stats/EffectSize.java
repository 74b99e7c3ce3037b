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

  /**
   * Hedges' g of two samples (J. Educ. Stat. 6, 1981): mean of a minus mean of b over the pooled
   * standard deviation of the figures themselves, corrected for small samples by 1 - 3/(4 df - 1)
   * with df = n₁ + n₂ - 2. NaN where a sample has fewer than two figures or neither has a spread.
   */
  public static double hedgesG(double[] a, double[] b) {
    if (a.length < 2 || b.length < 2) {
      return Double.NaN;
    }
    double df = a.length + b.length - 2.0;
    double pooled =
        ((a.length - 1) * Math.pow(Samples.standardDeviation(a), 2)
                + (b.length - 1) * Math.pow(Samples.standardDeviation(b), 2))
            / df;
    return pooled == 0
        ? Double.NaN
        : (Samples.mean(a) - Samples.mean(b)) / Math.sqrt(pooled) * (1 - 3 / (4 * df - 1));
  }
}
