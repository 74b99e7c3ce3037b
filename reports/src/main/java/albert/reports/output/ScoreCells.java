package albert.reports.output;

import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.FailureRate;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.SeedSummary;
import albert.reports.output.Cell.Tone;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.Standing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the columns of a metric say of a row: score, place, difference, failures. */
final class ScoreCells {
  private ScoreCells() {}

  static Cell score(ReportModel model, ReportRow row, ReportMetric metric) {
    Optional<SeedSummary> summary = row.score(metric);
    Double mean = summary.map(s -> s.mean().orElseThrow()).orElse(null);
    Map<String, @Nullable Object> raw = ReportColumn.raw(metric.columnName() + "_mean", mean);
    raw.put(metric.columnName() + "_sd", summary.map(ReportColumn::deviation).orElse(null));
    raw.put(metric.columnName() + "_n", summary.map(s -> s.n()).orElse(null));
    int finished = row.count(RunStatus.FINISHED);
    boolean fewer = summary.isPresent() && row.kind() != ReportRow.Kind.REFERENCE;
    String n = fewer && summary.get().n() != finished ? "n = " + summary.get().n() : "";
    return new Cell(
        summary.map(s -> Numbers.meanAndDeviation(s, metric.decimals())).orElse(""),
        n,
        model.standing(row, metric).place().winner() ? Tone.STRONG : Tone.PLAIN,
        mean,
        raw);
  }

  static Cell median(ReportModel model, ReportRow row, ReportMetric metric) {
    Optional<SeedSummary> summary = row.score(metric);
    Double median = summary.map(s -> s.median().orElseThrow()).orElse(null);
    Map<String, @Nullable Object> raw = ReportColumn.raw(metric.columnName() + "_median", median);
    raw.put(metric.columnName() + "_min", summary.map(s -> s.min().orElseThrow()).orElse(null));
    raw.put(metric.columnName() + "_max", summary.map(s -> s.max().orElseThrow()).orElse(null));
    raw.put(metric.columnName() + "_without", summary.map(s -> s.runs() - s.n()).orElse(null));
    if (summary.isEmpty() || median == null || row.kind() == ReportRow.Kind.REFERENCE) {
      return new Cell("", "", Tone.PLAIN, null, raw);
    }
    SeedSummary scores = summary.get();
    String range =
        scores.n() < 2
            ? ""
            : Numbers.fixed(scores.min().orElseThrow(), metric.decimals())
                + " to "
                + Numbers.fixed(scores.max().orElseThrow(), metric.decimals());
    String without = Numbers.withoutScore(scores.failed(), scores.undefined());
    return new Cell(
        Numbers.fixed(median, metric.decimals()),
        range + (range.isEmpty() || without.isEmpty() ? "" : ", ") + without,
        scores.runs() > scores.n() ? Tone.ALERT : Tone.PLAIN,
        median,
        raw);
  }

  static Cell group(ReportModel model, ReportRow row, ReportMetric metric) {
    String letters = model.standing(row, metric).place().group();
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put(metric.columnName() + "_tie_group", letters);
    return new Cell(
        letters, "", Tone.PLAIN, letters.isEmpty() ? null : (double) letters.charAt(0), raw);
  }

  static Cell difference(ReportModel model, ReportRow row, ReportMetric metric) {
    Optional<Comparison> found = model.comparison(row, metric);
    Double value = found.map(c -> number(c.difference())).orElse(null);
    Interval interval = found.map(Comparison::interval).orElse(Interval.UNDEFINED);
    String name = metric.columnName() + "_difference";
    Map<String, @Nullable Object> raw = ReportColumn.raw(name, value);
    raw.put(name + "_low", interval.defined() ? interval.low() : null);
    raw.put(name + "_high", interval.defined() ? interval.high() : null);
    raw.put(name + "_p", found.map(c -> number(c.p())).orElse(null));
    raw.put(name + "_verdict", found.map(c -> Numbers.verdict(c.verdict())).orElse(""));
    if (found.isEmpty()) {
      boolean baseline = row.kind() == ReportRow.Kind.BASELINE && row.score(metric).isPresent();
      return new Cell(baseline ? "baseline" : "", "", Tone.QUIET, null, raw);
    }
    Comparison comparison = found.get();
    String p =
        comparison.p().isPresent()
            ? ", p " + Numbers.probability(comparison.p().getAsDouble())
            : "";
    return new Cell(
        value == null ? "–" : Numbers.signed(value, metric.decimals()),
        Numbers.verdict(comparison.verdict()) + p,
        comparison.verdict().isDifference() ? Tone.STRONG : Tone.QUIET,
        value,
        raw);
  }

  /** Runs that failed, with the interval of their share, and the mean if they were at chance. */
  static Cell failures(ReportModel model, ReportRow row, ReportMetric metric) {
    Standing.Failures failures = model.standing(row, metric).failures();
    FailureRate rate = failures.rate();
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    if (!model.standings().failing().contains(metric)) {
      return new Cell("", "", Tone.PLAIN, null, raw);
    }
    boolean known = rate.runs() > 0;
    Interval interval = rate.interval(0.95);
    String name = metric.columnName() + "_failed";
    raw.put(name, known ? rate.failed() : null);
    raw.put(name + "_share_low", known ? interval.low() : null);
    raw.put(name + "_share_high", known ? interval.high() : null);
    raw.put(name + "_p", number(failures.p()));
    raw.put(metric.columnName() + "_mean_with_failures_at_chance", number(failures.atChance()));
    if (!known) {
      return new Cell("", "", Tone.PLAIN, null, raw);
    }
    return new Cell(
        rate.failed() + " of " + rate.runs(),
        Numbers.percents(interval) + atChance(failures.atChance(), metric),
        rate.failed() > 0 ? Tone.ALERT : Tone.PLAIN,
        rate.share(),
        raw);
  }

  /** Runs whose score is undefined, and why, and the mean if they were at chance. */
  static Cell undefined(ReportModel model, ReportRow row, ReportMetric metric) {
    Standing.Undefined undefined = model.standing(row, metric).undefined();
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    if (!model.standings().undefined().contains(metric)) {
      return new Cell("", "", Tone.PLAIN, null, raw);
    }
    boolean known = undefined.runs() > 0;
    String reasons = String.join("; ", undefined.reasons());
    raw.put(metric.columnName() + "_undefined", known ? undefined.count() : null);
    raw.put(metric.columnName() + "_undefined_reason", reasons);
    raw.put(metric.columnName() + "_mean_with_undefined_at_chance", number(undefined.atChance()));
    return new Cell(
        known ? undefined.count() + " of " + undefined.runs() : "",
        reasons + atChance(undefined.atChance(), metric),
        undefined.count() > 0 ? Tone.ALERT : Tone.PLAIN,
        known ? (double) undefined.count() / undefined.runs() : null,
        raw);
  }

  private static String atChance(OptionalDouble mean, ReportMetric metric) {
    return mean.isPresent()
        ? ", mean " + Numbers.fixed(mean.getAsDouble(), metric.decimals()) + " with these at chance"
        : "";
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
