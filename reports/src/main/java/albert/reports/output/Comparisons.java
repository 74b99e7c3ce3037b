package albert.reports.output;

import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.ItemBootstrap;
import albert.evaluation.stats.SeedTest;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The table of comparisons: each variant with its baseline, by which test, and what follows. */
final class Comparisons {
  private static final String NOTE =
      "Difference: mean over seeds that both sides have, with Student's 95 % interval and Cohen's d"
          + " of the pairs. Test by seeds: two-sided; which one follows from the number of seeds"
          + " and of comparisons. Holm: p corrected for all comparisons of the metric. Seeds and examples: 95 %"
          + " interval of the difference and p where both are drawn anew (multi-bootstrap, paired,"
          + " 1,000 replicates; arXiv 2106.16163); for one seed a side, McNemar's exact p of these"
          + " two models. A verdict other than not distinguishable needs a difference beyond noise"
          + " and a corrected p of at most 0.05. More seeds: how many more on each side would decide"
          + " with 80 % power if difference and spread stayed as they are.";

  private Comparisons() {}

  static Sheet of(ReportModel model) {
    List<List<Cell>> rows = new ArrayList<>();
    for (ReportMetric metric : model.metrics()) {
      for (ReportRow row : model.variants()) {
        Standing standing = model.standing(row, metric);
        standing
            .comparison()
            .filter(c -> c.test().isPresent())
            .ifPresent(c -> rows.add(cells(row, metric, standing, c)));
      }
    }
    return new Sheet(
        "comparisons",
        "Comparisons with the baseline",
        List.of(
            Sheet.header("variant"),
            Sheet.header("metric"),
            new ReportGrid.Header("difference", "of the pairs"),
            new ReportGrid.Header("95 % interval", "by seeds"),
            Sheet.header("Cohen's d"),
            new ReportGrid.Header("test", "n"),
            Sheet.header("p"),
            new ReportGrid.Header("p", "Holm"),
            new ReportGrid.Header("seeds and examples", "95 % interval, p"),
            Sheet.header("verdict"),
            Sheet.header("more seeds")),
        rows,
        List.of(NOTE));
  }

  private static List<Cell> cells(
      ReportRow row, ReportMetric metric, Standing standing, Comparison comparison) {
    SeedTest test = comparison.test().orElseThrow();
    int decimals = metric.decimals();
    double difference = test.meanDifference();
    boolean noise = comparison.verdict() == Comparison.Verdict.UNKNOWN;
    return List.of(
        Sheet.text("variant", row.name()),
        Sheet.text("metric", metric.label()),
        Sheet.figure("difference", difference, Numbers.signed(difference, decimals), ""),
        interval(test.interval(), decimals),
        number("cohens_d", test.effectSize(), 2),
        new Cell(
            noise ? "none" : test.kind().words(),
            "n = " + test.n(),
            Cell.Tone.PLAIN,
            (double) test.n(),
            Cell.raw("test", test.kind().words(), "n", test.n())),
        noise ? Sheet.figure("p", null, "", "") : probability("p", test.p()),
        noise
            ? Sheet.figure("p_holm", null, "", "")
            : probability("p_holm", comparison.adjustedP().orElse(Double.NaN)),
        items(standing, decimals),
        verdict(comparison),
        moreSeeds(comparison.moreSeeds()));
  }

  private static Cell interval(Interval interval, int decimals) {
    String text = interval.defined() ? words(interval, decimals) : "";
    java.util.Map<String, @org.jspecify.annotations.Nullable Object> raw =
        new java.util.LinkedHashMap<>();
    raw.put("interval_low", interval.defined() ? interval.low() : null);
    raw.put("interval_high", interval.defined() ? interval.high() : null);
    return new Cell(text, "", Cell.Tone.PLAIN, interval.defined() ? interval.low() : null, raw);
  }

  private static String words(Interval interval, int decimals) {
    return Numbers.signed(interval.low(), decimals)
        + " to "
        + Numbers.signed(interval.high(), decimals);
  }

  private static Cell items(Standing standing, int decimals) {
    Optional<ItemBootstrap> items = standing.items();
    java.util.Map<String, @org.jspecify.annotations.Nullable Object> raw =
        new java.util.LinkedHashMap<>();
    raw.put("items_low", items.map(i -> i.interval().low()).orElse(null));
    raw.put("items_high", items.map(i -> i.interval().high()).orElse(null));
    raw.put("items_p", items.map(ItemBootstrap::p).orElse(null));
    raw.put("items_n", items.map(ItemBootstrap::items).orElse(null));
    raw.put("mcnemar_p", standing.models().map(m -> m.p()).orElse(null));
    if (items.isEmpty()) {
      return new Cell("", "", Cell.Tone.PLAIN, null, raw);
    }
    ItemBootstrap found = items.get();
    String detail =
        standing
            .models()
            .map(m -> "McNemar p " + Numbers.probability(m.p()))
            .orElseGet(() -> "p " + Numbers.probability(found.p()));
    return new Cell(
        words(found.interval(), decimals),
        String.format(
            Locale.ROOT, "%s, %s × %s", detail, found.seeds(), Numbers.whole(found.items())),
        Cell.Tone.PLAIN,
        found.p(),
        raw);
  }

  private static Cell verdict(Comparison comparison) {
    Cell.Tone tone =
        switch (comparison.verdict()) {
          case HIGHER, LOWER -> Cell.Tone.STRONG;
          case NOT_DISTINGUISHABLE, TOO_FEW_SEEDS, UNKNOWN -> Cell.Tone.QUIET;
        };
    String text = Numbers.verdict(comparison.verdict());
    return new Cell(text, "", tone, null, java.util.Map.of("verdict", text));
  }

  private static Cell moreSeeds(OptionalInt more) {
    Double value = more.isPresent() ? (double) more.getAsInt() : null;
    return Sheet.figure(
        "more_seeds", value, more.isPresent() ? Numbers.whole(more.getAsInt()) : "", "");
  }

  private static Cell probability(String column, double p) {
    return Double.isNaN(p)
        ? Sheet.figure(column, null, "", "")
        : Sheet.figure(column, p, Numbers.probability(p), "");
  }

  private static Cell number(String column, double value, int decimals) {
    return Double.isNaN(value)
        ? Sheet.figure(column, null, "", "")
        : Sheet.figure(column, value, Numbers.signed(value, decimals), "");
  }
}
