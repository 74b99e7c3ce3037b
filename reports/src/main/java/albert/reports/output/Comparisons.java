package albert.reports.output;

import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.ItemBootstrap;
import albert.evaluation.stats.PracticalReading;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The table of comparisons: each variant with its baseline, by which test, and what follows. */
final class Comparisons {
  private Comparisons() {}

  static Sheet of(ReportModel model) {
    List<List<Cell>> rows = new ArrayList<>();
    for (ReportMetric metric : model.metrics()) {
      for (ReportRow row : model.variants()) {
        Standing standing = model.standing(row, metric);
        standing.comparison().ifPresent(c -> rows.add(cells(model, row, metric, standing, c)));
      }
    }
    String level = Numbers.level(model.plan().analysis().level());
    return new Sheet(
        "comparisons",
        "Comparisons with the baseline",
        List.of(
            Sheet.header("variant"),
            Sheet.header("metric"),
            Sheet.header("verdict"),
            new ReportGrid.Header("difference", level + " interval"),
            new ReportGrid.Header("p", "Holm; alone"),
            new ReportGrid.Header("Hedges' g", "on the scores' sd"),
            new ReportGrid.Header("worse, equal, better", "posterior, by the margin"),
            new ReportGrid.Header("loss below margin", "p, Holm"),
            new ReportGrid.Header("seeds", "variant, baseline"),
            new ReportGrid.Header("seeds and examples", "95 % interval, p"),
            Sheet.header("more seeds")),
        rows,
        List.of(Methods.comparisons(model)));
  }

  private static List<Cell> cells(
      ReportModel model,
      ReportRow row,
      ReportMetric metric,
      Standing standing,
      Comparison comparison) {
    int decimals = metric.decimals();
    return List.of(
        Sheet.text("variant", row.name()),
        new Cell(
            metric.label(),
            model.plan().isPrimary(metric) ? "" : "looked at besides",
            Cell.Tone.PLAIN,
            null,
            Cell.raw("metric", metric.label(), "primary", model.plan().isPrimary(metric) ? 1 : 0)),
        verdict(comparison, standing.ofCheckpoints()),
        difference(comparison, decimals),
        probability(comparison),
        effect(comparison.effectSize()),
        practical(comparison.practical()),
        loss(comparison),
        seeds(model, comparison),
        examples(standing.evidence(), decimals),
        moreSeeds(comparison.moreSeeds()));
  }

  private static Cell verdict(Comparison comparison, boolean ofCheckpoints) {
    String text = Numbers.verdict(comparison.verdict());
    return new Cell(
        text,
        ofCheckpoints ? "fine-tuning seeds of one checkpoint" : "",
        comparison.verdict().isDifference() ? Cell.Tone.STRONG : Cell.Tone.QUIET,
        null,
        Cell.raw("verdict", text, "of_one_checkpoint", ofCheckpoints ? 1 : 0));
  }

  private static Cell difference(Comparison comparison, int decimals) {
    Double value = number(comparison.difference());
    Interval interval = comparison.interval();
    Interval all = comparison.simultaneous();
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("difference", value);
    raw.put("interval_low", interval.defined() ? interval.low() : null);
    raw.put("interval_high", interval.defined() ? interval.high() : null);
    raw.put("simultaneous_low", all.defined() ? all.low() : null);
    raw.put("simultaneous_high", all.defined() ? all.high() : null);
    return new Cell(
        value == null ? "" : Numbers.signed(value, decimals),
        interval.defined() ? Numbers.interval(interval, decimals) : "",
        Cell.Tone.PLAIN,
        value,
        raw);
  }

  private static Cell probability(Comparison comparison) {
    Double holm = number(comparison.p());
    Double own = number(comparison.ownP());
    return new Cell(
        holm == null ? "" : Numbers.probability(holm),
        own == null ? "" : Numbers.probability(own),
        Cell.Tone.PLAIN,
        holm,
        Cell.raw("p_holm", holm, "p", own));
  }

  private static Cell effect(double value) {
    return Double.isNaN(value)
        ? Sheet.figure("hedges_g", null, "", "")
        : Sheet.figure("hedges_g", value, Numbers.signed(value, 2), "");
  }

  private static Cell practical(Optional<PracticalReading> reading) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("posterior_worse", reading.map(PracticalReading::worse).orElse(null));
    raw.put("posterior_equal", reading.map(PracticalReading::equal).orElse(null));
    raw.put("posterior_better", reading.map(PracticalReading::better).orElse(null));
    return new Cell(
        reading
            .map(
                r ->
                    String.format(
                        Locale.ROOT,
                        "%s, %s, %s",
                        Numbers.percent(r.worse()),
                        Numbers.percent(r.equal()),
                        Numbers.percent(r.better())))
            .orElse(""),
        "",
        Cell.Tone.PLAIN,
        reading.map(PracticalReading::worse).orElse(null),
        raw);
  }

  private static Cell loss(Comparison comparison) {
    Double p = number(comparison.lossP());
    Double margin = number(comparison.sides().margin());
    String text = p == null ? "" : comparison.lossIsBelowMargin() ? "yes" : "not shown";
    return new Cell(
        text,
        p == null ? "" : "p " + Numbers.probability(p),
        comparison.lossIsBelowMargin() ? Cell.Tone.STRONG : Cell.Tone.QUIET,
        p,
        Cell.raw("margin", margin, "loss_p_holm", p));
  }

  private static Cell seeds(ReportModel model, Comparison comparison) {
    int variant = comparison.sides().variant().bySeed().size();
    int baseline = comparison.sides().baseline().bySeed().size();
    double correlation = comparison.seedCorrelation();
    boolean shown = model.plan().analysis().paired() && !Double.isNaN(correlation);
    Map<String, @Nullable Object> raw = Cell.raw("n_variant", variant, "n_baseline", baseline);
    raw.put("seed_correlation", Double.isNaN(correlation) ? null : correlation);
    return new Cell(
        variant + ", " + baseline,
        shown ? "r " + Numbers.fixed(correlation, 2) : "",
        Cell.Tone.PLAIN,
        (double) Math.min(variant, baseline),
        raw);
  }

  private static Cell examples(Standing.Evidence evidence, int decimals) {
    Optional<ItemBootstrap> items = evidence.items();
    Double p = number(evidence.p());
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put("items_low", items.map(i -> i.interval().low()).orElse(null));
    raw.put("items_high", items.map(i -> i.interval().high()).orElse(null));
    raw.put("items_n", items.map(ItemBootstrap::items).orElse(null));
    raw.put("items_p_holm", items.isPresent() ? p : null);
    raw.put("mcnemar_p_holm", evidence.models().isPresent() ? p : null);
    if (p == null) {
      return new Cell("", "", Cell.Tone.PLAIN, null, raw);
    }
    String text = items.map(i -> Numbers.interval(i.interval(), decimals)).orElse("two models");
    String detail =
        items
            .map(
                i ->
                    String.format(
                        Locale.ROOT,
                        "p %s, %s × %s",
                        Numbers.probability(p),
                        i.seeds(),
                        Numbers.whole(i.items())))
            .orElse("McNemar's p " + Numbers.probability(p));
    return new Cell(text, detail, Cell.Tone.PLAIN, p, raw);
  }

  private static Cell moreSeeds(OptionalInt more) {
    Double value = more.isPresent() ? (double) more.getAsInt() : null;
    String text =
        more.isEmpty()
            ? ""
            : more.getAsInt() >= Comparison.MOST_SEEDS
                ? "over " + (Comparison.MOST_SEEDS - 1)
                : Numbers.whole(more.getAsInt());
    return Sheet.figure("more_seeds", value, text, "");
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
