package albert.reports.summary;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.SeedDifference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
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
 * @param standings where each row stands
 * @param curves how training went
 */
public record ReportModel(
    StudyDescription study,
    SortedSet<String> keys,
    List<ReportMetric> metrics,
    List<ReportRow> rows,
    List<Fact> settings,
    List<String> warnings,
    List<Fact> provenance,
    Table runTable,
    Standings standings,
    List<LearningCurve> curves) {
  public ReportModel {
    metrics = List.copyOf(metrics);
    rows = List.copyOf(rows);
    settings = List.copyOf(settings);
    warnings = List.copyOf(warnings);
    provenance = List.copyOf(provenance);
    curves = List.copyOf(curves);
  }

  /**
   * The report of a study.
   *
   * @param study the study
   * @param runs its runs in any order; a run that is there twice counts once
   */
  public static ReportModel of(StudyDescription study, List<RunRecord> runs) {
    return of(study, runs, run -> Optional.empty());
  }

  /**
   * The report of a study with what its runs left besides their records: predictions, and what was
   * logged in training.
   *
   * @param study the study
   * @param runs its runs in any order; a run that is there twice counts once
   * @param folders where a run's files are, if anywhere
   */
  public static ReportModel of(
      StudyDescription study,
      List<RunRecord> runs,
      Function<RunRecord, Optional<RunDirectory>> folders) {
    return new ReportAssembly(study, runs).model(folders);
  }

  /** The same report without some of the settings: those that do not act. */
  public ReportModel withoutSettings(Set<String> idle) {
    return new ReportModel(
        study,
        keys,
        metrics,
        rows,
        settings.stream().filter(setting -> !idle.contains(setting.name())).toList(),
        warnings,
        provenance,
        runTable,
        standings,
        curves);
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
    return Optional.ofNullable(standings.baselines().get(row.series())).map(rows::get);
  }

  /** Where a row stands by a metric. */
  public Standing standing(ReportRow row, ReportMetric metric) {
    return standings.byRow().get(row.series()).getOrDefault(metric, Standing.NONE);
  }

  /** A variant's score minus its baseline's; empty where one of them has none. */
  public Optional<SeedDifference> difference(ReportRow row, ReportMetric metric) {
    return standing(row, metric).comparison().map(Comparison::noise);
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
              if (StudyDescription.MISSING.equals(value)) {
                wanted.remove(key);
              } else if (keys.contains(key)) {
                wanted.put(key, value);
              }
            });
    return wanted;
  }
}
