package albert.evaluation.stats;

import java.util.Arrays;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * A correlation and the test that it is 0, two-sided.
 *
 * @param coefficient between -1 and 1; NaN if a side is constant or there are fewer than two pairs
 * @param p by Student's t with n - 2 degrees of freedom; NaN if undefined
 */
public record CorrelationTest(double coefficient, double p) {

  /**
   * Pearson's r. For two pairs p is 1, as in scipy: any two points lie on a line.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public static CorrelationTest pearson(double[] a, double[] b) {
    double r = coefficient(a, b);
    if (Double.isNaN(r) || a.length > 2) {
      return new CorrelationTest(r, probability(r, a.length));
    }
    return new CorrelationTest(r, 1);
  }

  /**
   * Spearman's rho: Pearson's r of the ranks, ties sharing their mean rank. For two pairs p is
   * undefined.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public static CorrelationTest spearman(double[] a, double[] b) {
    NaturalRanking ranking = new NaturalRanking();
    double rho =
        a.length == 0 && b.length == 0
            ? Double.NaN
            : coefficient(ranking.apply(a), ranking.apply(b));
    return new CorrelationTest(rho, probability(rho, a.length));
  }

  private static double coefficient(double[] a, double[] b) {
    Samples.requireSameLength(a, b);
    if (a.length < 2 || Samples.constant(a) || Samples.constant(b)) {
      return Double.NaN;
    }
    double[] x = deviations(a);
    double[] y = deviations(b);
    double r = product(x, y) / Math.sqrt(product(x, x)) / Math.sqrt(product(y, y));
    return Math.max(-1, Math.min(1, r));
  }

  /** The figures minus their mean, so that a large common offset costs no digits. */
  private static double[] deviations(double[] sample) {
    double mean = Samples.mean(sample);
    return Arrays.stream(sample).map(x -> x - mean).toArray();
  }

  private static double product(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double probability(double r, int n) {
    if (Double.isNaN(r) || n < 3) {
      return Double.NaN;
    }
    if (Math.abs(r) == 1) {
      return 0;
    }
    double df = n - 2.0;
    return TTest.twoSided(r * Math.sqrt(df / ((1 - r) * (1 + r))), df);
  }
}
