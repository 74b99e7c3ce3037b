package albert.reports.summary;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what is taken for what, of each task by its best variant and by the baseline: a matrix for
 * every variant would be too many.
 *
 * @param rows of the report
 * @param metrics one a task
 * @param files the predictions
 */
record Confusions(List<ReportRow> rows, List<ReportMetric> metrics, PredictionFiles files) {

  /** Those of tasks with classes; two classes say little where there are several tasks. */
  List<Confusion> all() {
    int fewest = metrics.size() == 1 ? 2 : 3;
    List<Confusion> all = new ArrayList<>();
    for (ReportMetric metric : metrics) {
      for (ReportRow row : chosen(metric)) {
        of(row, metric).filter(one -> one.labels().size() >= fewest).ifPresent(all::add);
      }
    }
    return all;
  }

  private Set<ReportRow> chosen(ReportMetric metric) {
    List<ReportRow> scored =
        rows.stream()
            .filter(row -> row.kind() != ReportRow.Kind.REFERENCE)
            .filter(row -> row.score(metric).isPresent())
            .toList();
    Comparator<ReportRow> byMean =
        Comparator.comparingDouble(row -> row.score(metric).orElseThrow().mean().orElseThrow());
    Set<ReportRow> chosen = new LinkedHashSet<>();
    scored.stream().max(metric.lowerIsBetter() ? byMean.reversed() : byMean).ifPresent(chosen::add);
    scored.stream().filter(row -> row.kind() == ReportRow.Kind.BASELINE).forEach(chosen::add);
    return chosen;
  }

  private Optional<Confusion> of(ReportRow row, ReportMetric metric) {
    List<PredictionFile> found = new ArrayList<>();
    for (RunRecord run : row.runs()) {
      if (run.status() == RunStatus.FINISHED && VariantKey.mayBeTask(run, metric.task())) {
        files.of(run, metric.split()).filter(PredictionFile::isOfClasses).ifPresent(found::add);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(Confusion.of(metric, row, found));
  }
}
