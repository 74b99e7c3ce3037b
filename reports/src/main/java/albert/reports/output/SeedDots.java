package albert.reports.output;

import albert.evaluation.stats.SeedSummary;
import albert.reports.figure.Figure;
import albert.reports.figure.ReferenceLine;
import albert.reports.figure.SeedPlot;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figure of all seeds: where they are few, every score says more than mean and deviation. */
final class SeedDots {
  /** More seeds than this are told by mean and deviation. */
  static final int MOST_SEEDS = 10;

  private static final int MOST_ROWS = 24;

  private SeedDots() {}

  static Optional<Figure> of(ReportModel model, ReportMetric metric) {
    List<SeedPlot.Row> rows = new ArrayList<>();
    for (ReportRow row : model.variants()) {
      Optional<SeedSummary> score = row.score(metric).filter(s -> s.n() <= MOST_SEEDS);
      if (score.isPresent() && rows.size() < MOST_ROWS) {
        rows.add(row(row, metric, score.get()));
      }
    }
    if (rows.isEmpty() || rows.stream().allMatch(row -> row.seeds().size() < 2)) {
      return Optional.empty();
    }
    String title = "Each seed's " + metric.label();
    return Optional.of(
        new SeedPlot(
                metric.columnName().replace('_', '-').toLowerCase(Locale.ROOT) + "-seeds",
                title,
                String.join("; ", rows.stream().map(SeedPlot.Row::tooltip).toList()) + ".",
                metric.label() + ", " + metric.split() + ", a dot a seed, a stroke at the mean",
                rows,
                model.plan().analysis().paired() ? SeedPlot.Dots.PAIRS : SeedPlot.Dots.SEEDS,
                references(model, metric))
            .draw());
  }

  private static SeedPlot.Row row(ReportRow row, ReportMetric metric, SeedSummary score) {
    List<SeedPlot.Seed> seeds = new ArrayList<>();
    row.bySeed(metric)
        .forEach(
            (seed, value) -> seeds.add(new SeedPlot.Seed(seed.init() + "/" + seed.data(), value)));
    return new SeedPlot.Row(
        row.name(),
        row.series(),
        seeds,
        row.name() + ": " + Numbers.meanAndDeviation(score, metric.decimals()));
  }

  static List<ReferenceLine> references(ReportModel model, ReportMetric metric) {
    List<ReferenceLine> lines = new ArrayList<>();
    for (ReportRow row : model.rows()) {
      if (row.kind() == ReportRow.Kind.REFERENCE && row.score(metric).isPresent()) {
        double value = row.score(metric).orElseThrow().mean().orElseThrow();
        lines.add(
            new ReferenceLine(row.name() + " " + Numbers.fixed(value, metric.decimals()), value));
      }
    }
    return lines;
  }
}
