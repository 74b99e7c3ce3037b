package albert.evaluation.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * Models by their average ranks over tasks: Friedman's test in Iman and Davenport's form, and
 * Nemenyi's critical difference (Demšar, JMLR 7, 2006, section 3.2.2). What is drawn at random here
 * are tasks, not seeds.
 *
 * @param tasks how many
 * @param ranks average rank of each model; 1 is best, and equal scores share their mean rank
 * @param chiSquare Friedman's statistic, with k - 1 degrees of freedom
 * @param f Iman and Davenport's, with k - 1 and (k - 1)(N - 1) degrees of freedom; infinite where
 *     all tasks rank the models alike
 * @param p that ranks so different come about among equal models; where f is infinite it is exact,
 *     (1/k!)^(N - 1)
 * @param criticalDifference average ranks that differ by as much are told apart
 * @param alpha level of the test and of the critical difference
 */
public record RankComparison(
    int tasks,
    List<Double> ranks,
    double chiSquare,
    double f,
    double p,
    double criticalDifference,
    double alpha) {
  /** With fewer tasks the test says nothing (Demšar, section 3.2.2, asks for more still). */
  public static final int FEWEST_TASKS = 5;

  public RankComparison {
    ranks = List.copyOf(ranks);
  }

  /**
   * Ranks models.
   *
   * @param scores an array a task, with the score of each model; more is better
   * @param alpha between 0 and 1
   * @throws IllegalArgumentException if there are fewer than two models or tasks, a task has
   *     another number of models, or a score is not finite
   */
  public static RankComparison of(List<double[]> scores, double alpha) {
    if (scores.size() < 2 || scores.get(0).length < 2) {
      throw new IllegalArgumentException("ranks need at least two tasks and two models");
    }
    int n = scores.size();
    int k = scores.get(0).length;
    double[] ranks = new double[k];
    for (double[] task : scores) {
      Samples.requireSameLength(ranks, Samples.requireFinite(task));
      double[] own = ranks(task);
      Arrays.setAll(ranks, j -> ranks[j] + own[j]);
    }
    Arrays.setAll(ranks, j -> ranks[j] / n);
    double squares = Arrays.stream(ranks).map(rank -> rank * rank).sum();
    double chiSquare =
        Math.max(0, 12.0 * n / (k * (k + 1.0)) * (squares - k * (k + 1.0) * (k + 1.0) / 4));
    double rest = n * (k - 1.0) - chiSquare;
    boolean alike = rest < 1e-9;
    double f = alike ? Double.POSITIVE_INFINITY : (n - 1) * chiSquare / rest;
    double p =
        alike
            ? Math.pow(
                IntStream.rangeClosed(1, k).asDoubleStream().reduce(1, (a, b) -> a * b), 1 - n)
            : FDistribution.of(k - 1.0, (k - 1.0) * (n - 1.0)).survivalProbability(f);
    double criticalDifference =
        StudentizedRange.critical(alpha, k) / Math.sqrt(2) * Math.sqrt(k * (k + 1.0) / (6.0 * n));
    return new RankComparison(
        n, Arrays.stream(ranks).boxed().toList(), chiSquare, f, p, criticalDifference, alpha);
  }

  /** 1 for the greatest; equal scores share their mean rank. */
  private static double[] ranks(double[] scores) {
    double[] ranks = new double[scores.length];
    for (int i = 0; i < ranks.length; i++) {
      double rank = 0.5;
      for (double other : scores) {
        rank += other > scores[i] ? 1 : other == scores[i] ? 0.5 : 0;
      }
      ranks[i] = rank;
    }
    return ranks;
  }

  /** Whether the test tells any models apart. */
  public boolean anyDifference() {
    return p <= alpha;
  }

  /**
   * Models that are not told apart: the maximal runs, in the order of the ranks, whose ends are
   * closer than the critical difference; all models where the test finds no difference at all.
   *
   * @return indices of models, best first, at least two in each group
   */
  public List<List<Integer>> groups() {
    List<Integer> order =
        IntStream.range(0, ranks.size())
            .boxed()
            .sorted(Comparator.comparingDouble(ranks::get))
            .toList();
    if (!anyDifference()) {
      return List.of(order);
    }
    List<List<Integer>> groups = new ArrayList<>();
    int reached = 0;
    for (int first = 0; first < order.size(); first++) {
      int end = first + 1;
      while (end < order.size()
          && ranks.get(order.get(end)) - ranks.get(order.get(first)) < criticalDifference) {
        end++;
      }
      if (end - first > 1 && end > reached) {
        groups.add(order.subList(first, end));
      }
      reached = Math.max(reached, end);
    }
    return groups;
  }
}
