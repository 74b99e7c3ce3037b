package albert.evaluation.stats;

import java.util.List;

/**
 * How likely a run of one variant is better than a run of another on a task drawn at random: the
 * mean over the tasks of P(X &gt; Y), where a tie counts half (Agarwal et al., arXiv 2108.13264,
 * section 4.3). P is Mann and Whitney's U over the number of pairs of runs. For 3, 1 against 1, 2
 * it is (1 + 1 + 1/2 + 0)/4 = 0.625.
 */
public final class ProbabilityOfImprovement {
  private ProbabilityOfImprovement() {}

  /**
   * The mean over the tasks.
   *
   * @param variant scores of its runs, an array a task; more is better
   * @param baseline those of the other, on the same tasks in the same order
   * @throws IllegalArgumentException if the tasks differ in number, or a task has no score or one
   *     that is not finite
   */
  public static double of(List<double[]> variant, List<double[]> baseline) {
    if (variant.size() != baseline.size() || variant.isEmpty()) {
      throw new IllegalArgumentException(
          variant.size() + " tasks are compared with " + baseline.size());
    }
    double sum = 0;
    for (int i = 0; i < variant.size(); i++) {
      sum += onTask(variant.get(i), baseline.get(i));
    }
    return sum / variant.size();
  }

  private static double onTask(double[] variant, double[] baseline) {
    Samples.requireFinite(variant);
    Samples.requireFinite(baseline);
    double wins = 0;
    for (double x : variant) {
      for (double y : baseline) {
        wins += x > y ? 1 : x == y ? 0.5 : 0;
      }
    }
    return wins / ((double) variant.length * baseline.length);
  }
}
