package albert.evaluation.stats;

import albert.evaluation.Require;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * McNemar's test of two classifiers on the same examples, two-sided. Only the examples that one
 * alone has right count.
 *
 * @param statistic the smaller of the counts (exact), or chi-square (corrected); NaN if undefined
 * @param p its probability; NaN if undefined
 */
public record McNemarTest(double statistic, double p) {

  /**
   * Binomial with probability 1/2, cut to 1. Without a discordant example p is 1.
   *
   * @param onlyFirst examples that the first alone has right
   * @param onlySecond examples that the second alone has right
   */
  public static McNemarTest exact(int onlyFirst, int onlySecond) {
    requireCounts(onlyFirst, onlySecond);
    int smaller = Math.min(onlyFirst, onlySecond);
    int n = Math.addExact(onlyFirst, onlySecond);
    double p = 2 * BinomialDistribution.of(n, 0.5).cumulativeProbability(smaller);
    return new McNemarTest(smaller, Math.min(1, p));
  }

  /**
   * (|b - c| - 1)²/(b + c) by chi-square with 1 degree of freedom. Undefined without a discordant
   * example.
   *
   * @param onlyFirst examples that the first alone has right
   * @param onlySecond examples that the second alone has right
   */
  public static McNemarTest corrected(int onlyFirst, int onlySecond) {
    requireCounts(onlyFirst, onlySecond);
    double n = (double) onlyFirst + onlySecond;
    if (n == 0) {
      return new McNemarTest(Double.NaN, Double.NaN);
    }
    double statistic = Math.pow(Math.abs((double) onlyFirst - onlySecond) - 1, 2) / n;
    return new McNemarTest(statistic, ChiSquaredDistribution.of(1).survivalProbability(statistic));
  }

  private static void requireCounts(int onlyFirst, int onlySecond) {
    Require.atLeast("onlyFirst", onlyFirst, 0);
    Require.atLeast("onlySecond", onlySecond, 0);
  }
}
