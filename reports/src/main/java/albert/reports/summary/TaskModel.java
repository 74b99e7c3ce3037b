package albert.reports.summary;

import albert.evaluation.stats.AverageComparison;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.TaskScores;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * A model on several tasks: the variants that differ in nothing but the task, or a reference.
 *
 * @param name what the report calls it
 * @param kind what it is; a baseline is what another model's average is compared with
 * @param values the varied keys and its values, without the task
 * @param rows its variants, one a task; of a reference, the one row
 * @param scores on all tasks, on a scale whose best is 1; empty for a reference
 * @param average the plain mean of its means on the tasks; empty without a score on some task, and
 *     where no average can be taken
 * @param comparison of its average with the baseline's; empty where a side has none
 * @param baseline the model that it is compared with, by index; empty for none
 */
public record TaskModel(
    String name,
    ReportRow.Kind kind,
    SortedMap<String, Object> values,
    List<ReportRow> rows,
    Optional<TaskScores> scores,
    OptionalDouble average,
    Optional<AverageComparison> comparison,
    Optional<Integer> baseline) {
  public TaskModel {
    rows = List.copyOf(rows);
  }

  /** The row with its scores by a metric; any of its rows where none has some. */
  public ReportRow row(ReportMetric metric) {
    return rows.stream()
        .filter(row -> row.scores().containsKey(metric))
        .findFirst()
        .orElse(rows.get(0));
  }

  /** The interval of the average; undefined where its scores support no conclusion. */
  public Interval interval(double level) {
    return average.isEmpty()
        ? Interval.UNDEFINED
        : scores.map(own -> own.interval(level)).orElse(Interval.UNDEFINED);
  }

  /** Whether its scores on all tasks support a conclusion. */
  public boolean supportsAConclusion() {
    return scores.filter(TaskScores::supportsAConclusion).isPresent();
  }

  /** Its value of a key that varies, as tables write it; empty if it has none. */
  public String text(String key) {
    Object value = values.get(key);
    return value == null ? "" : VariantKey.text(value);
  }

  TaskModel with(ReportRow.Kind otherKind, Optional<AverageComparison> found) {
    return new TaskModel(name, otherKind, values, rows, scores, average, found, baseline);
  }
}
