package albert.reports.simulation;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Normal deviates. */
final class Normal {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private Normal() {}

  /** The deviate that a uniform number stands for. */
  static double deviate(double uniform) {
    return STANDARD.inverseCumulativeProbability(uniform);
  }
}
