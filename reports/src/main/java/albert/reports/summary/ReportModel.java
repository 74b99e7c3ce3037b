package albert.reports.summary;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.Comparison;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
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
 * @param plan how it is judged
 * @param standings where each row stands
 * @param effects of the varied keys in a grid
 * @param curves how training went
 * @param confusions what is taken for what, by some of the variants
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
    AnalysisPlan plan,
    Standings standings,
    List<GridEffect> effects,
    List<LearningCurve> curves,
    List<Confusion> confusions) {
  public ReportModel {
    metrics = List.copyOf(metrics);
    rows = List.copyOf(rows);
    settings = List.copyOf(settings);
    warnings = List.copyOf(warnings);
    provenance = List.copyOf(provenance);
    effects = List.copyOf(effects);
    curves = List.copyOf(curves);
    confusions = List.copyOf(confusions);
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
    return with(
        settings.stream().filter(setting -> !idle.contains(setting.name())).toList(), warnings);
  }

  /** The same report with warnings more, a sentence each. */
  public ReportModel withWarnings(List<String> more) {
    return with(settings, Stream.concat(warnings.stream(), more.stream()).toList());
  }

  private ReportModel with(List<Fact> otherSettings, List<String> otherWarnings) {
    return new ReportModel(
        study,
        keys,
        metrics,
        rows,
        otherSettings,
        otherWarnings,
        provenance,
        runTable,
        plan,
        standings,
        effects,
        curves,
        confusions);
  }

  /** The answer to the study's question, in sentences made from the figures. */
  public List<String> answer() {
    return new Answer(this).sentences();
  }

  /** Which test the comparisons were judged by, on how many seeds; empty where none was. */
  public Optional<String> test() {
    return new ComparisonWords(this).test();
  }

  /** One metric of each task: what the answer and the figures are about. */
  public List<ReportMetric> primaryMetrics() {
    return plan.primary();
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

  /** The comparison of a variant with its baseline; empty if there is none. */
  public Optional<Comparison> comparison(ReportRow row, ReportMetric metric) {
    return standing(row, metric).comparison();
  }

  /** Whether a metric is of a task that runs were made for, and not of their pretraining. */
  public boolean isOfATask(ReportMetric metric) {
    return rows.stream()
        .flatMap(row -> row.runs().stream())
        .anyMatch(run -> metric.task().equals(run.config().get("task")));
  }

  /**
   * The smallest variant that is smaller than its baseline and shown to lose less than the margin;
   * empty if none is, or its size is not known.
   */
  public Optional<ReportRow> recommended(ReportMetric metric) {
    return variants().stream()
        .filter(row -> comparison(row, metric).filter(Comparison::lossIsBelowMargin).isPresent())
        .filter(row -> baselineOf(row).filter(row::isSmallerThan).isPresent())
        .min(Comparator.comparingLong(row -> row.size().orElseThrow().encoderParameters()));
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
