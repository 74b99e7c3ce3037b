package albert.reports.summary;

import albert.evaluation.record.RunRecord;
import albert.evaluation.stats.Analysis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a report judges: what the study declared, and what stands for the rest.
 *
 * @param declared by the study
 * @param analysis test and level
 * @param primary the metrics that claims are about, one a task: their comparisons are one family
 */
public record AnalysisPlan(
    DeclaredAnalysis declared, Analysis analysis, List<ReportMetric> primary) {
  /** The margin if none is declared, on a scale whose best is 1: one point. */
  public static final double MARGIN = 0.01;

  public AnalysisPlan {
    primary = List.copyOf(primary);
  }

  static AnalysisPlan of(StudyDescription study, List<ReportMetric> metrics, List<RunRecord> runs) {
    DeclaredAnalysis declared = study.declared();
    return new AnalysisPlan(
        declared,
        new Analysis(
            Objects.requireNonNullElse(declared.alpha(), Analysis.DEFAULT.alpha()),
            Boolean.TRUE.equals(declared.paired())),
        primary(declared, metrics, runs));
  }

  /**
   * The declared metric of each task that runs were made for, else the first one; of other tasks,
   * such as the pretraining's, only where there is no other.
   */
  private static List<ReportMetric> primary(
      DeclaredAnalysis declared, List<ReportMetric> metrics, List<RunRecord> runs) {
    Set<Object> tasks =
        runs.stream()
            .map(run -> run.config().get("task"))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    List<ReportMetric> own =
        metrics.stream().filter(metric -> tasks.contains(metric.task())).toList();
    Map<String, ReportMetric> byTask = new LinkedHashMap<>();
    for (ReportMetric metric : own.isEmpty() ? metrics : own) {
      byTask.putIfAbsent(metric.task(), metric);
      if (metric.metric().equals(declared.primary())
          && !Objects.requireNonNull(byTask.get(metric.task()))
              .metric()
              .equals(declared.primary())) {
        byTask.put(metric.task(), metric);
      }
    }
    return new ArrayList<>(byTask.values());
  }

  /** What the study declares and the runs do not have, a sentence each. */
  List<String> warnings() {
    String wanted = declared.primary();
    boolean missing =
        wanted != null
            && !primary.isEmpty()
            && primary.stream().noneMatch(metric -> metric.metric().equals(wanted));
    return missing
        ? List.of(
            "The study declares "
                + wanted
                + " as its primary metric, and no run has a score of it: the first metric of each"
                + " task stands for it.")
        : List.of();
  }

  /** Whether claims are about a metric. */
  public boolean isPrimary(ReportMetric metric) {
    return primary.contains(metric);
  }

  /** How much worse is still acceptable, in the metric's unit; empty for a loss without one. */
  public OptionalDouble margin(ReportMetric metric) {
    Double given = declared.margin();
    if (given != null && isPrimary(metric)) {
      return OptionalDouble.of(given * metric.scale());
    }
    return metric.lowerIsBetter()
        ? OptionalDouble.empty()
        : OptionalDouble.of(MARGIN * metric.scale());
  }
}
