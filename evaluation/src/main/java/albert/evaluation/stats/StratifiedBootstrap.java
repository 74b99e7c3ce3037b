package albert.evaluation.stats;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A figure of the runs of several tasks with its interval: runs are drawn anew within each task,
 * and the figure's replicates are cut at (1 ± level)/2 (Agarwal et al., arXiv 2108.13264, section
 * 4.1).
 *
 * @param estimate the figure of the runs
 * @param interval percentiles of the replicates; undefined with fewer than {@value #FEWEST_RUNS}
 *     runs on a task
 */
public record StratifiedBootstrap(double estimate, Interval interval) {
  /** Replicates that are drawn. */
  public static final int REPLICATES = 2_000;

  /**
   * With fewer runs a task the interval covers too little. At 95 % it covered, in simulations of
   * the interquartile mean over 3 and 8 tasks, 78 to 87 % with 3 runs a task, 86 to 93 % with 5, 91
   * to 94 % with 10, 92 to 95 % with 15 and 93 to 95 % with 20.
   */
  public static final int FEWEST_RUNS = 20;

  /** Of the draws: the same for every figure, so that a report says the same twice. */
  private static final long SEED = 20_210_830;

  /**
   * Draws and takes the figure.
   *
   * @param tasks scores of the runs of each task
   * @param statistic figure of the runs of all tasks, which it may reorder
   * @param level between 0 and 1
   * @throws IllegalArgumentException if there is no task, a task has no score or one that is not
   *     finite
   */
  public static StratifiedBootstrap of(
      List<double[]> tasks, ToDoubleFunction<double[]> statistic, double level) {
    tasks.forEach(Samples::requireFinite);
    double[] all = tasks.stream().flatMapToDouble(Arrays::stream).toArray();
    double estimate = statistic.applyAsDouble(Samples.requireFinite(all));
    boolean enough = tasks.stream().allMatch(runs -> runs.length >= FEWEST_RUNS);
    return new StratifiedBootstrap(
        estimate, enough ? interval(tasks, statistic, level, SEED) : Interval.UNDEFINED);
  }

  /** The interval, with however few runs. */
  static Interval interval(
      List<double[]> tasks, ToDoubleFunction<double[]> statistic, double level, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] replicates = new double[REPLICATES];
    for (int r = 0; r < REPLICATES; r++) {
      replicates[r] = statistic.applyAsDouble(resample(tasks, random));
    }
    return Interval.percentiles(replicates, level);
  }

  private static double[] resample(List<double[]> tasks, SplittableRandom random) {
    double[] drawn = new double[tasks.stream().mapToInt(runs -> runs.length).sum()];
    int next = 0;
    for (double[] runs : tasks) {
      for (int i = 0; i < runs.length; i++) {
        drawn[next++] = runs[random.nextInt(runs.length)];
      }
    }
    return drawn;
  }
}
