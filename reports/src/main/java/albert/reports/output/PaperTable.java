package albert.reports.output;

import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Interval;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
      if (!row.scores().containsKey(metric)) {
        continue;
      }
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
            new ReportGrid.Header(
                "difference", Numbers.level(model.plan().analysis().level()) + " interval"),
            Sheet.header("seeds")),
        rows,
        List.of());
  }

  private static Cell difference(ReportModel model, ReportRow row, ReportMetric metric) {
    Optional<Comparison> found =
        model.comparison(row, metric).filter(c -> c.difference().isPresent());
    if (found.isEmpty()) {
      boolean baseline = row.kind() == ReportRow.Kind.BASELINE;
      return new Cell(baseline ? "baseline" : "", "", Cell.Tone.PLAIN, null, Map.of());
    }
    double value = found.get().difference().orElseThrow();
    Interval interval = found.get().interval();
    int decimals = metric.decimals();
    String ends =
        interval.defined()
            ? " ["
                + Numbers.signed(interval.low(), decimals)
                + ", "
                + Numbers.signed(interval.high(), decimals)
                + "]"
            : "";
    String mark = found.get().verdict().isDifference() ? "*" : "";
    return new Cell(
        Numbers.signed(value, decimals) + ends + mark, "", Cell.Tone.PLAIN, value, Map.of());
  }

  /** What a reader of the table alone must know: n, test and correction. */
  private static String caption(ReportModel model, ReportMetric metric) {
    String what =
        String.format(
            Locale.ROOT, "%s: %s on %s", model.study().study(), metric.label(), metric.split());
    Optional<Comparison> tested =
        model.variants().stream()
            .flatMap(row -> model.comparison(row, metric).stream())
            .filter(comparison -> comparison.p().isPresent())
            .findFirst();
    String bold = " Bold: told apart from all others and ahead of them.";
    if (tested.isEmpty()) {
      return what + ", mean ± standard deviation over seeds. No difference was tested." + bold;
    }
    Comparison one = tested.get();
    return String.format(
        Locale.ROOT,
        "%s, mean ± standard deviation over n seeds (last column). Difference from the baseline with"
            + " its %s interval; * marks p ≤ %s by %s, corrected by Holm for %s.%s",
        what,
        Numbers.level(one.family().analysis().level()),
        Numbers.plain(one.family().analysis().alpha()),
        one.family().analysis().test(),
        Numbers.plural(one.family().tested(), "comparison"),
        bold);
  }
}
