package albert.reports.output;

import albert.evaluation.record.ModelSize;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Interval;
import albert.reports.figure.Figure;
import albert.reports.figure.IntervalPlot;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figure of what each reduction costs: differences from the baseline with their intervals. */
final class Differences {
  private static final int MOST_LINES = 24;

  private Differences() {}

  static Optional<Figure> of(ReportModel model, ReportMetric metric) {
    List<IntervalPlot.Line> lines = new ArrayList<>();
    for (ReportRow row : model.variants()) {
      Optional<Comparison> found =
          model.comparison(row, metric).filter(c -> c.difference().isPresent());
      if (found.isPresent() && lines.size() < MOST_LINES) {
        lines.add(line(model, row, metric, found.get()));
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String title = "Cost of each change in " + metric.label();
    return Optional.of(
        new IntervalPlot(
                metric.columnName().replace('_', '-').toLowerCase(Locale.ROOT) + "-differences",
                title,
                String.join("; ", lines.stream().map(IntervalPlot.Line::tooltip).toList()) + ".",
                metric.label()
                    + ", variant minus baseline, "
                    + Numbers.level(model.plan().analysis().level())
                    + " interval",
                lines,
                model.plan().margin(metric).orElse(0))
            .draw());
  }

  private static IntervalPlot.Line line(
      ReportModel model, ReportRow row, ReportMetric metric, Comparison comparison) {
    double value = comparison.difference().orElseThrow();
    Interval interval = comparison.interval();
    boolean shown = interval.defined();
    Interval all = comparison.simultaneous().defined() ? comparison.simultaneous() : interval;
    String size =
        model
            .baselineOf(row)
            .flatMap(ReportRow::size)
            .flatMap(
                baseline ->
                    row.size()
                        .map(ModelSize::encoderParameters)
                        .filter(own -> own != baseline.encoderParameters())
                        .map(
                            own ->
                                Numbers.change(
                                    (double) baseline.encoderParameters(), (double) own)))
            .map(change -> change + " parameters")
            .orElse("");
    String tooltip =
        row.name()
            + ": "
            + Numbers.signed(value, metric.decimals())
            + (shown
                ? ", "
                    + Numbers.signed(interval.low(), metric.decimals())
                    + " to "
                    + Numbers.signed(interval.high(), metric.decimals())
                : "");
    return new IntervalPlot.Line(
        row.name(),
        size,
        row.series(),
        value,
        shown ? interval.low() : value,
        shown ? interval.high() : value,
        shown ? all.low() : value,
        shown ? all.high() : value,
        tooltip);
  }
}
