package albert.evaluation.stats;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The scores of a variant on several tasks, all on one scale on which more is better.
 *
 * @param tasks one a task, in the same order for all variants
 */
public record TaskScores(List<SeedScores> tasks) {

  public TaskScores {
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("there is no task, at least one is needed");
    }
  }

  /** Whether there is a score on every task. */
  public boolean complete() {
    return tasks.stream().noneMatch(task -> task.bySeed().isEmpty());
  }

  /** The plain mean of the tasks' means; empty without a score on some task. */
  public Optional<MeanContrast> average() {
    return complete()
        ? Optional.of(MeanContrast.of(weights(1), estimates().toList()))
        : Optional.empty();
  }

  /** The interval of the average; undefined where nothing can be concluded from the scores. */
  public Interval interval(double level) {
    return supportsAConclusion() ? average().orElseThrow().interval(level) : Interval.UNDEFINED;
  }

  /** Whether anything can be concluded from them: the scores of every task support a conclusion. */
  public boolean supportsAConclusion() {
    return flaw().isEmpty();
  }

  /** The scores of each task, in the order of the seeds. */
  public List<double[]> values() {
    return tasks.stream().map(SeedScores::values).toList();
  }

  /** The least number of independent seeds on a task; 0 without a score on some task. */
  public int seeds() {
    return complete() ? estimates().mapToInt(MeanEstimate::n).min().getAsInt() : 0;
  }

  /** Whether all runs are independent: none shares a seed with another of its task. */
  public boolean independentRuns() {
    return complete() && tasks.stream().allMatch(task -> task.mean().n() == task.bySeed().size());
  }

  Stream<MeanEstimate> estimates() {
    return tasks.stream().map(SeedScores::mean);
  }

  /** An equal weight for each task, all together a whole of the given sign. */
  double[] weights(double sign) {
    double[] weights = new double[tasks.size()];
    Arrays.fill(weights, sign / weights.length);
    return weights;
  }

  /** The gravest reason why nothing can be concluded; empty if something can. */
  Optional<Comparison.Verdict> flaw() {
    EnumSet<Comparison.Verdict> flaws = EnumSet.noneOf(Comparison.Verdict.class);
    tasks.forEach(task -> task.flaw().ifPresent(flaws::add));
    return Stream.of(
            Comparison.Verdict.FAILED_RUNS,
            Comparison.Verdict.UNDEFINED_SCORES,
            Comparison.Verdict.TOO_FEW_SEEDS,
            Comparison.Verdict.DEGENERATE,
            Comparison.Verdict.NO_SPREAD)
        .filter(flaws::contains)
        .findFirst();
  }
}
