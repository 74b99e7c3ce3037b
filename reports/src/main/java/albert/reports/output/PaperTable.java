package albert.reports.output;

import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.SeedTest;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of variants as a paper prints it, in five columns: name, parameters, score, difference
 * from the baseline with its interval, and seeds. One table for the first metric of each task.
 */
final class PaperTable {
  private PaperTable() {}

  /** The tables as LaTeX, one after the other. */
  static String latex(ReportModel model) {
    StringBuilder out = new StringBuilder();
    for (ReportMetric metric : model.primaryMetrics()) {
      out.append(Latex.table(of(model, metric), caption(model, metric)));
    }
    return out.toString();
  }

  private static Sheet of(ReportModel model, ReportMetric metric) {
    List<List<Cell>> rows = new ArrayList<>();
    for (ReportRow row : model.rows()) {
      rows.add(
          List.of(
              Sheet.text("variant", row.name()),
              ReportColumn.PARAMETERS.cell(model, row, metric),
              ReportColumn.SCORE.cell(model, row, metric),
              difference(model, row, metric),
              ReportColumn.RUNS.cell(model, row, metric)));
    }
    boolean alone = model.primaryMetrics().size() == 1;
    return new Sheet(
        "variants" + (alone ? "" : "-" + metric.columnName().replace('_', '-')),
        "Variants",
        List.of(
            Sheet.header("variant"),
            Sheet.header("parameters"),
            new ReportGrid.Header(metric.label(), "mean ± sd"),
            new ReportGrid.Header("difference", "95 % interval"),
            Sheet.header("seeds")),
        rows,
        List.of());
  }

  private static Cell difference(ReportModel model, ReportRow row, ReportMetric metric) {
    Optional<SeedTest> test = model.standing(row, metric).comparison().flatMap(Comparison::test);
    if (test.isEmpty()) {
      boolean baseline = row.kind() == ReportRow.Kind.BASELINE;
      return new Cell(baseline ? "baseline" : "", "", Cell.Tone.PLAIN, null, Map.of());
    }
    double value = test.get().meanDifference();
    Interval interval = test.get().interval();
    int decimals = metric.decimals();
    String ends =
        interval.defined()
            ? " ["
                + Numbers.signed(interval.low(), decimals)
                + ", "
                + Numbers.signed(interval.high(), decimals)
                + "]"
            : "";
    return new Cell(Numbers.signed(value, decimals) + ends, "", Cell.Tone.PLAIN, value, Map.of());
  }

  /** What a reader of the table alone must know. */
  private static String caption(ReportModel model, ReportMetric metric) {
    return model.study().study()
        + ": "
        + metric.label()
        + " on "
        + metric.split()
        + ". Difference: mean over the seeds that variant and baseline have, with Student's 95 %"
        + " interval. Bold: better than all others beyond noise.";
  }
}
