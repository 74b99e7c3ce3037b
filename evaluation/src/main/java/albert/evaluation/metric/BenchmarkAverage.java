package albert.evaluation.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The average of a benchmark by its own rule: the mean over its tasks, where a task with several
 * scores counts once with their mean. If one score is missing the average is absent, not smaller.
 */
public enum BenchmarkAverage {
  /**
   * The GLUE score of all nine tasks, as on the leaderboard (GLUE paper, arXiv 1804.07461, section
   * 3): MNLI counts once with its matched and mismatched sets. AX is diagnostic and does not count.
   */
  GLUE("GLUE", Stream.concat(glue(), Stream.of(Needed.of("wnli", "accuracy"))).toList()),
  /** The same without WNLI, as in many papers' tables on the development sets. */
  GLUE_WITHOUT_WNLI("GLUE without WNLI", glue().toList()),
  /**
   * The column Avg of Tables 2 to 8 and 11 to 13 of the ALBERT paper (arXiv 1909.11942v6, caption
   * of Table 2): five tasks, where F1 and exact match of each SQuAD are averaged first.
   */
  ALBERT(
      "Avg of the ALBERT paper",
      List.of(
          new Needed("squad-v1.1", "f1", Needed.DEV, 100),
          new Needed("squad-v1.1", "exact_match", Needed.DEV, 100),
          new Needed("squad-v2.0", "f1", Needed.DEV, 100),
          new Needed("squad-v2.0", "exact", Needed.DEV, 100),
          Needed.of("mnli", "accuracy"),
          Needed.of("sst-2", "accuracy"),
          Needed.of("race", "accuracy")));

  private final String title;
  private final List<Needed> needed;

  BenchmarkAverage(String title, List<Needed> needed) {
    this.title = title;
    this.needed = needed;
  }

  private static Stream<Needed> glue() {
    return Stream.of(
        Needed.of("cola", "matthews_correlation"),
        Needed.of("sst-2", "accuracy"),
        Needed.of("mrpc", "accuracy"),
        Needed.of("mrpc", "f1"),
        Needed.of("sts-b", "pearson"),
        Needed.of("sts-b", "spearman"),
        Needed.of("qqp", "accuracy"),
        Needed.of("qqp", "f1"),
        Needed.of("mnli", "accuracy"),
        new Needed("mnli", "accuracy", "dev-mismatched", 1),
        Needed.of("qnli", "accuracy"),
        Needed.of("rte", "accuracy"));
  }

  /**
   * A score that an average needs.
   *
   * @param task id
   * @param metric id
   * @param split part of the data
   * @param best the best value that the metric has: 1 or 100
   */
  public record Needed(String task, String metric, String split, double best) {
    private static final String DEV = "dev";

    static Needed of(String task, String metric) {
      return new Needed(task, metric, DEV, 1);
    }

    @Override
    public String toString() {
      return task + " " + metric + (split.equals(DEV) ? "" : " (" + split + ")");
    }
  }

  /** What it is called. */
  public String title() {
    return title;
  }

  /** The scores that are needed. */
  public List<Needed> needed() {
    return needed;
  }

  /**
   * The average, on a scale whose best is 1.
   *
   * @param scores gives each needed score on its own scale, or nothing
   */
  public MetricValue of(Function<Needed, OptionalDouble> scores) {
    Map<String, List<Double>> tasks = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (Needed score : needed) {
      OptionalDouble value = scores.apply(score);
      if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
        missing.add(score.toString());
      } else {
        tasks
            .computeIfAbsent(score.task(), task -> new ArrayList<>())
            .add(value.getAsDouble() / score.best());
      }
    }
    return missing.isEmpty()
        ? MetricValue.of(mean(tasks.values().stream().map(BenchmarkAverage::mean).toList()))
        : MetricValue.undefined("missing: " + String.join(", ", missing));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).sum() / values.size();
  }
}
