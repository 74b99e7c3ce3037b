package albert.reports.summary;

import static java.util.stream.Collectors.joining;

import albert.evaluation.record.ModelSize;
import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.SeedDifference;
import albert.evaluation.stats.SeedSummary;
import albert.evaluation.stats.SeedTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answer to a study's question, made from the figures alone. */
final class Answer {
  /** More comparisons than this are counted instead of listed. */
  private static final int LISTED = 6;

  private final ReportModel model;

  Answer(ReportModel model) {
    this.model = model;
  }

  List<String> sentences() {
    if (model.count(RunStatus.FINISHED) == 0) {
      int failed = model.count(RunStatus.FAILED);
      return List.of(
          failed == 0
              ? "No run is finished, so there is no answer yet."
              : "No run is finished, so there is no answer: "
                  + Numbers.plural(failed, "run")
                  + " failed.");
    }
    List<String> sentences = new ArrayList<>();
    for (ReportMetric metric : model.primaryMetrics()) {
      long compared =
          model.rows().stream().filter(row -> model.difference(row, metric).isPresent()).count();
      if (compared > LISTED) {
        count(metric, sentences);
      } else if (compared > 0) {
        compare(metric, sentences);
      } else {
        rank(metric, sentences);
      }
    }
    return sentences.isEmpty()
        ? List.of("The runs are finished and have no score, so there is no answer.")
        : sentences;
  }

  private void compare(ReportMetric metric, List<String> sentences) {
    for (ReportRow baseline : model.rows()) {
      Optional<SeedSummary> score = baseline.score(metric);
      List<String> clauses = new ArrayList<>();
      for (ReportRow row : model.rows()) {
        if (model.baselineOf(row).filter(baseline::equals).isPresent()) {
          clause(row, baseline, metric).ifPresent(clauses::add);
        }
      }
      if (score.isPresent() && !clauses.isEmpty()) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "Against %s (%s %s, %s): %s.",
                baseline.name(),
                metric.label(),
                Numbers.meanAndDeviation(score.get(), metric.decimals()),
                Numbers.plural(score.get().n(), "seed"),
                String.join("; ", clauses)));
      }
    }
    warnOfOneSeed(metric, sentences);
    nameTheTest(metric, sentences);
  }

  /** Which test, on how many seeds, corrected for what; or why none can decide. */
  private void nameTheTest(ReportMetric metric, List<String> sentences) {
    List<Comparison> comparisons =
        model.rows().stream()
            .flatMap(row -> model.standing(row, metric).comparison().stream())
            .toList();
    List<SeedTest> tests =
        comparisons.stream()
            .filter(c -> c.verdict() != Comparison.Verdict.UNKNOWN)
            .flatMap(c -> c.test().stream())
            .toList();
    if (tests.isEmpty()) {
      return;
    }
    int family = comparisons.get(0).family();
    int fewest = tests.stream().mapToInt(SeedTest::n).min().orElse(0);
    boolean undecided =
        comparisons.stream().anyMatch(c -> c.verdict() == Comparison.Verdict.TOO_FEW_SEEDS);
    if (undecided) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s are too few to test %s: beyond noise is all that can be said.",
              Numbers.plural(fewest, "seed"),
              Numbers.plural(family, "comparison")));
      return;
    }
    String names =
        tests.stream().map(test -> test.kind().words()).distinct().collect(joining(" or "));
    sentences.add(
        String.format(
            Locale.ROOT,
            "Test: %s, %s, p corrected by Holm for %s.",
            names,
            Numbers.plural(fewest, "seed"),
            Numbers.plural(family, "comparison")));
  }

  private void warnOfOneSeed(ReportMetric metric, List<String> sentences) {
    if (compared(metric, SeedDifference.Verdict.UNKNOWN).size() > 0) {
      sentences.add("One seed shows no spread: whether such a difference is noise is not known.");
    }
  }

  private List<ReportRow> compared(ReportMetric metric, SeedDifference.Verdict verdict) {
    return model.rows().stream()
        .filter(
            row ->
                model
                    .standing(row, metric)
                    .comparison()
                    .filter(c -> verdict(c) == verdict)
                    .isPresent())
        .toList();
  }

  /** A difference beyond noise that the test does not confirm counts as none. */
  private static SeedDifference.Verdict verdict(Comparison comparison) {
    return comparison.verdict() == Comparison.Verdict.NOT_DISTINGUISHABLE
        ? SeedDifference.Verdict.WITHIN_NOISE
        : comparison.noise().verdict();
  }

  private void count(ReportMetric metric, List<String> sentences) {
    List<ReportRow> equal = compared(metric, SeedDifference.Verdict.WITHIN_NOISE);
    List<String> parts = new ArrayList<>();
    parts.add("not distinguishable from their baseline: " + equal.size());
    parts.add("below it, beyond noise: " + compared(metric, SeedDifference.Verdict.BELOW).size());
    parts.add("above it, beyond noise: " + compared(metric, SeedDifference.Verdict.ABOVE).size());
    int unknown = compared(metric, SeedDifference.Verdict.UNKNOWN).size();
    if (unknown > 0) {
      parts.add("noise unknown: " + unknown);
    }
    sentences.add("Variants by " + metric.label() + ": " + String.join("; ", parts) + ".");
    long open = equal.stream().filter(row -> isBeyondNoise(row, metric)).count();
    if (open > 0) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Of those not distinguishable, %d beyond noise, with p above 0.05: more seeds may"
                  + " decide.",
              open));
    }
    equal.stream()
        .filter(row -> row.size().isPresent())
        .min(Comparator.comparingLong(row -> row.size().orElseThrow().encoderParameters()))
        .ifPresent(
            row ->
                sentences.add(
                    "The smallest that is not distinguishable from its baseline: "
                        + row.name()
                        + ", "
                        + Numbers.whole((double) row.size().orElseThrow().encoderParameters())
                        + " parameters."));
    warnOfOneSeed(metric, sentences);
    nameTheTest(metric, sentences);
  }

  private boolean isBeyondNoise(ReportRow row, ReportMetric metric) {
    return model
        .difference(row, metric)
        .map(SeedDifference::verdict)
        .filter(v -> v == SeedDifference.Verdict.ABOVE || v == SeedDifference.Verdict.BELOW)
        .isPresent();
  }

  private Optional<String> clause(ReportRow row, ReportRow baseline, ReportMetric metric) {
    return model
        .standing(row, metric)
        .comparison()
        .map(
            comparison ->
                String.format(
                    Locale.ROOT,
                    "%s%s %s",
                    row.name(),
                    sizeChange(row, baseline),
                    words(comparison, metric)));
  }

  private static String sizeChange(ReportRow row, ReportRow baseline) {
    Optional<Long> own = row.size().map(ModelSize::encoderParameters);
    Optional<Long> other = baseline.size().map(ModelSize::encoderParameters);
    if (own.isEmpty() || other.isEmpty() || other.get() == 0 || own.equals(other)) {
      return "";
    }
    return " (" + Numbers.change(other.get(), own.get()) + " parameters)";
  }

  private static String words(Comparison comparison, ReportMetric metric) {
    double value = comparison.noise().difference().orElseThrow();
    String size = Numbers.fixed(Math.abs(value), metric.decimals());
    String signed = Numbers.signed(value, metric.decimals());
    String p =
        comparison.adjustedP().isPresent()
            ? "p " + Numbers.probability(comparison.adjustedP().getAsDouble())
            : "no p";
    String side = value > 0 ? "above" : "below";
    return switch (comparison.verdict()) {
      case HIGHER, LOWER ->
          String.format(Locale.ROOT, "is %s %s it, beyond noise (%s)", size, side, p);
      case TOO_FEW_SEEDS -> String.format(Locale.ROOT, "is %s %s it, beyond noise", size, side);
      case NOT_DISTINGUISHABLE ->
          String.format(
              Locale.ROOT,
              "is not distinguishable from it (%s, %s)",
              signed,
              comparison.noise().verdict() == SeedDifference.Verdict.WITHIN_NOISE
                  ? "within noise"
                  : p);
      case UNKNOWN -> "differs by " + signed;
    };
  }

  private void rank(ReportMetric metric, List<String> sentences) {
    List<ReportRow> ranked =
        model.variants().stream()
            .filter(row -> row.score(metric).isPresent())
            .sorted(
                Comparator.comparingDouble(
                    row ->
                        (metric.lowerIsBetter() ? 1 : -1)
                            * row.score(metric).orElseThrow().mean().orElseThrow()))
            .toList();
    if (ranked.isEmpty()) {
      return;
    }
    ReportRow first = ranked.get(0);
    String sentence = String.format(Locale.ROOT, "%s has %s", first.name(), scored(first, metric));
    if (ranked.size() > 1) {
      ReportRow second = ranked.get(1);
      SeedDifference difference =
          first.score(metric).orElseThrow().minus(second.score(metric).orElseThrow());
      sentence +=
          String.format(
              Locale.ROOT,
              ", the %s mean; next is %s with %s, %s",
              metric.lowerIsBetter() ? "lowest" : "highest",
              second.name(),
              scored(second, metric),
              switch (difference.verdict()) {
                case ABOVE, BELOW -> "further off than noise";
                case WITHIN_NOISE -> "within noise of it";
                case UNKNOWN -> "noise unknown for want of seeds";
              });
    }
    sentences.add(sentence + ".");
  }

  private static String scored(ReportRow row, ReportMetric metric) {
    SeedSummary score = row.score(metric).orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s %s (%s)",
        metric.label(),
        Numbers.meanAndDeviation(score, metric.decimals()),
        Numbers.plural(score.n(), "seed"));
  }
}
