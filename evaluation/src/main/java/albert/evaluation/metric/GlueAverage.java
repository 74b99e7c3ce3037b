package albert.evaluation.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The GLUE score by the official rule (GLUE paper, arXiv 1804.07461, section 3): the mean over the
 * tasks, where a task with several metrics counts once with their mean, and so does MNLI with its
 * matched and mismatched sets. AX is diagnostic and does not count. If one score is missing the
 * average is absent, not smaller.
 */
public enum GlueAverage {
  /** All nine tasks, as on the leaderboard. */
  NINE_TASKS(true),
  /** Without WNLI, as in many papers' tables on the development sets. */
  WITHOUT_WNLI(false);

  private final Map<String, List<String>> tasks = new LinkedHashMap<>();

  GlueAverage(boolean withWnli) {
    tasks.put("cola", List.of("matthews_correlation"));
    tasks.put("sst-2", List.of("accuracy"));
    tasks.put("mrpc", List.of("accuracy", "f1"));
    tasks.put("sts-b", List.of("pearson", "spearman"));
    tasks.put("qqp", List.of("accuracy", "f1"));
    tasks.put("mnli", List.of("matched_accuracy", "mismatched_accuracy"));
    tasks.put("qnli", List.of("accuracy"));
    tasks.put("rte", List.of("accuracy"));
    if (withWnli) {
      tasks.put("wnli", List.of("accuracy"));
    }
  }

  /** The scores that are needed, as {@code task/metric}. */
  public List<String> needed() {
    List<String> keys = new ArrayList<>();
    tasks.forEach((task, metrics) -> metrics.forEach(metric -> keys.add(task + "/" + metric)));
    return keys;
  }

  /**
   * The average.
   *
   * @param scores by {@code task/metric}, all on one scale; others than the needed are passed over
   */
  public MetricValue of(Map<String, Double> scores) {
    List<String> missing = needed().stream().filter(key -> !isFinite(scores.get(key))).toList();
    if (!missing.isEmpty()) {
      return MetricValue.undefined("missing: " + String.join(", ", missing));
    }
    double sum = 0;
    for (Map.Entry<String, List<String>> task : tasks.entrySet()) {
      double ofTask = 0;
      for (String metric : task.getValue()) {
        ofTask += scores.getOrDefault(task.getKey() + "/" + metric, Double.NaN);
      }
      sum += ofTask / task.getValue().size();
    }
    return MetricValue.of(sum / tasks.size());
  }

  private static boolean isFinite(@org.jspecify.annotations.Nullable Double value) {
    return value != null && Double.isFinite(value);
  }
}
