package albert.evaluation.stats;

import albert.evaluation.Require;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many of a variant's runs failed.
 *
 * @param failed runs that failed; one that finished with an undefined score did not
 * @param runs all that ended
 */
public record FailureRate(int failed, int runs) {

  public FailureRate {
    Require.atLeast("failed", failed, 0);
    Require.atLeast("runs", runs, failed);
  }

  /** The share that failed; NaN without runs. */
  public double share() {
    return (double) failed / runs;
  }

  /**
   * Wilson's interval of the share (J. Am. Stat. Assoc. 22, 1927); undefined without runs. For 3 of
   * 5 at 0.95: 0.2307 to 0.8824.
   */
  public Interval interval(double level) {
    if (runs == 0) {
      return Interval.UNDEFINED;
    }
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
    double square = z * z / runs;
    double middle = (share() + square / 2) / (1 + square);
    double half =
        z * Math.sqrt((share() * (1 - share()) + z * z / (4.0 * runs)) / runs) / (1 + square);
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /**
   * Fisher's exact test that two shares are the same, two-sided: the probability of all tables that
   * are at most as likely as this one. For 3 of 5 against 0 of 5: 0.1667.
   */
  public double fisherP(FailureRate other) {
    int all = runs + other.runs;
    int allFailed = failed + other.failed;
    HypergeometricDistribution tables = HypergeometricDistribution.of(all, allFailed, runs);
    double own = tables.probability(failed);
    double p = 0;
    for (int k = tables.getSupportLowerBound(); k <= tables.getSupportUpperBound(); k++) {
      double probability = tables.probability(k);
      p += probability <= own * (1 + 1e-7) ? probability : 0; // as likely but for rounding
    }
    return Math.min(1, p);
  }
}
