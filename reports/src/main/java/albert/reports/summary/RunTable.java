package albert.reports.summary;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.stats.SeedSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The runs as a table: a row a run, a column a varied key, a figure, a metric. Tablesaw leaves
 * missing figures out of means and counts without a word, so the runs without a score are counted
 * here before any mean is taken.
 */
final class RunTable {
  /** Column of the number of the variant. */
  static final String VARIANT = "variant_number";

  private static final String FAILED = "failed";
  private static final String UNDEFINED = "undefined";

  private RunTable() {}

  /**
   * The table.
   *
   * @param runs a row each, in this order
   * @param names of the variant of each run
   * @param keys the varied keys
   * @param metrics a column each
   */
  static Table of(
      List<RunRecord> runs,
      List<String> names,
      SortedSet<String> keys,
      List<ReportMetric> metrics) {
    Table table = Table.create("runs");
    table.addColumns(texts("study", runs.stream().map(RunRecord::study).toList()));
    table.addColumns(texts("variant", names));
    for (String key : keys) {
      table.addColumns(texts(key, runs.stream().map(run -> VariantKey.text(run, key)).toList()));
    }
    table.addColumns(texts("run_id", runs.stream().map(RunRecord::runId).toList()));
    table.addColumns(
        LongColumn.create("init_seed", runs.stream().mapToLong(RunRecord::initSeed)),
        LongColumn.create("data_seed", runs.stream().mapToLong(RunRecord::dataSeed)));
    table.addColumns(
        texts(
            "status",
            runs.stream().map(run -> run.status().name().toLowerCase(Locale.ROOT)).toList()));
    table.addColumns(
        texts(
            "failure_reason",
            runs.stream().map(r -> Objects.requireNonNullElse(r.failureReason(), "")).toList()));
    for (RunFigure figure : RunFigure.values()) {
      table.addColumns(Columns.of(figure.columnName(), runs.stream().map(figure::of).toList()));
    }
    for (ReportMetric metric : metrics) {
      table.addColumns(
          Columns.numbers(
              metric.columnName(), runs.stream().map(run -> value(run, metric)).toList()));
    }
    return table;
  }

  /**
   * Scores of each group of runs.
   *
   * @param runs the runs
   * @param groups number of the group of each run
   * @param metric the score
   * @return by group number; groups whose runs don't speak of the metric are missing, unless all of
   *     them failed
   */
  static Map<Integer, SeedSummary> summaries(
      List<RunRecord> runs, List<Integer> groups, ReportMetric metric) {
    Table table =
        Table.create(
            IntColumn.create(VARIANT, groups.stream().mapToInt(Integer::intValue).toArray()),
            Columns.numbers(
                metric.columnName(), runs.stream().map(run -> value(run, metric)).toList()),
            IntColumn.create(
                FAILED, runs.stream().mapToInt(run -> isFailed(run, metric) ? 1 : 0).toArray()),
            IntColumn.create(
                UNDEFINED,
                runs.stream().mapToInt(run -> isUndefined(run, metric) ? 1 : 0).toArray()));
    Map<Integer, SeedSummary> summaries = new LinkedHashMap<>();
    if (runs.isEmpty()) {
      return summaries;
    }
    for (Table group : table.splitOn(VARIANT).asTableList()) {
      DoubleColumn scores = group.doubleColumn(metric.columnName());
      SeedSummary summary =
          SeedSummary.of(
              scores.removeMissing().asDoubleArray(),
              (int) group.intColumn(FAILED).sum(),
              (int) group.intColumn(UNDEFINED).sum());
      if (summary.runs() > 0) {
        summaries.put(group.intColumn(VARIANT).get(0), summary);
      }
    }
    return summaries;
  }

  /** Whether a run by its failure has no score of the metric. */
  private static boolean isFailed(RunRecord run, ReportMetric metric) {
    return run.status() == RunStatus.FAILED
        && (VariantKey.mayBeTask(run, metric.task()) || isScored(run, metric));
  }

  /** Whether a run did not fail and says that its score of the metric is undefined. */
  private static boolean isUndefined(RunRecord run, ReportMetric metric) {
    return run.status() != RunStatus.FAILED && isScored(run, metric) && value(run, metric) == null;
  }

  /** Whether a run has a score of the metric, or says why it has none. */
  private static boolean isScored(RunRecord run, ReportMetric metric) {
    return run.headlineScores().stream().anyMatch(metric::isOf);
  }

  private static @Nullable Double value(RunRecord run, ReportMetric metric) {
    return run.headlineScores().stream()
        .filter(metric::isOf)
        .map(Score::value)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static StringColumn texts(String name, List<String> values) {
    return StringColumn.create(name, values);
  }
}
