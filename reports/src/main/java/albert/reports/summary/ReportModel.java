package albert.reports.summary;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.SeedDifference;
import albert.evaluation.stats.SeedSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import tech.tablesaw.api.Table;

/**
 * All that a report says.
 *
 * @param study the study
 * @param keys the varied keys
 * @param metrics what was scored; the first of a task is the one that figures show
 * @param rows variants in the order of the study, then references
 * @param settings keys of the configuration on which all runs agree
 * @param warnings what a reader must know before trusting a figure, a sentence each
 * @param provenance what made the figures
 * @param runTable a row a run
 */
public record ReportModel(
    StudyDescription study,
    SortedSet<String> keys,
    List<ReportMetric> metrics,
    List<ReportRow> rows,
    List<Fact> settings,
    List<String> warnings,
    List<Fact> provenance,
    Table runTable) {
  public ReportModel {
    metrics = List.copyOf(metrics);
    rows = List.copyOf(rows);
    settings = List.copyOf(settings);
    warnings = List.copyOf(warnings);
    provenance = List.copyOf(provenance);
  }

  /**
   * The report of a study.
   *
   * @param study the study
   * @param runs its runs in any order; a run that is there twice counts once
   */
  public static ReportModel of(StudyDescription study, List<RunRecord> runs) {
    return new ReportAssembly(study, runs).model();
  }

  /** The answer to the study's question, in sentences made from the figures. */
  public List<String> answer() {
    return new Answer(this).sentences();
  }

  /** The first metric of each task: what the answer and the figures are about. */
  public List<ReportMetric> primaryMetrics() {
    Map<String, ReportMetric> first = new LinkedHashMap<>();
    metrics.forEach(metric -> first.putIfAbsent(metric.task(), metric));
    return List.copyOf(first.values());
  }

  /** The rows that are variants, the baseline included. */
  public List<ReportRow> variants() {
    return rows.stream().filter(row -> row.kind() != ReportRow.Kind.REFERENCE).toList();
  }

  /** The row that a variant is compared with; empty for a baseline itself. */
  public Optional<ReportRow> baselineOf(ReportRow row) {
    if (row.kind() != ReportRow.Kind.VARIANT || study.baseline().isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, Object> wanted = baselineValues(study, keys, row.values());
    return rows.stream()
        .filter(r -> r.kind() == ReportRow.Kind.BASELINE && r.values().equals(wanted))
        .findFirst();
  }

  /** A variant's score minus its baseline's; empty where one of them has none. */
  public Optional<SeedDifference> difference(ReportRow row, ReportMetric metric) {
    Optional<SeedSummary> own = row.score(metric);
    Optional<SeedSummary> other = baselineOf(row).flatMap(baseline -> baseline.score(metric));
    return own.isPresent() && other.isPresent()
        ? Optional.of(own.get().minus(other.get()))
        : Optional.empty();
  }

  /** How many runs came so far. */
  public int count(RunStatus status) {
    return rows.stream().mapToInt(row -> row.count(status)).sum();
  }

  static SortedMap<String, Object> baselineValues(
      StudyDescription study, SortedSet<String> keys, Map<String, Object> values) {
    SortedMap<String, Object> wanted = new TreeMap<>(values);
    study
        .baseline()
        .forEach(
            (key, value) -> {
              if (keys.contains(key)) {
                wanted.put(key, value);
              }
            });
    return wanted;
  }
}
