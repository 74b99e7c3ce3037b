package albert.reports.summary;

import albert.evaluation.record.ModelSize;
import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.SeedDifference;
import albert.evaluation.stats.SeedSummary;
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
  }

  private void warnOfOneSeed(ReportMetric metric, List<String> sentences) {
    if (compared(metric, SeedDifference.Verdict.UNKNOWN).size() > 0) {
      sentences.add("One seed shows no spread: whether such a difference is noise is not known.");
    }
  }

  private List<ReportRow> compared(ReportMetric metric, SeedDifference.Verdict verdict) {
    return model.rows().stream()
        .filter(
            row -> model.difference(row, metric).filter(d -> d.verdict() == verdict).isPresent())
        .toList();
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
  }

  private Optional<String> clause(ReportRow row, ReportRow baseline, ReportMetric metric) {
    return model
        .difference(row, metric)
        .map(
            difference ->
                String.format(
                    Locale.ROOT,
                    "%s%s %s",
                    row.name(),
                    sizeChange(row, baseline),
                    words(difference, metric)));
  }

  private static String sizeChange(ReportRow row, ReportRow baseline) {
    Optional<Long> own = row.size().map(ModelSize::encoderParameters);
    Optional<Long> other = baseline.size().map(ModelSize::encoderParameters);
    if (own.isEmpty() || other.isEmpty() || other.get() == 0 || own.equals(other)) {
      return "";
    }
    return " (" + Numbers.change(other.get(), own.get()) + " parameters)";
  }

  private static String words(SeedDifference difference, ReportMetric metric) {
    double value = difference.difference().orElseThrow();
    String size = Numbers.fixed(Math.abs(value), metric.decimals());
    return switch (difference.verdict()) {
      case ABOVE -> "is " + size + " above it, beyond noise";
      case BELOW -> "is " + size + " below it, beyond noise";
      case WITHIN_NOISE ->
          "is not distinguishable from it ("
              + Numbers.signed(value, metric.decimals())
              + ", within noise)";
      case UNKNOWN -> "differs by " + Numbers.signed(value, metric.decimals());
    };
  }

  private void rank(ReportMetric metric, List<String> sentences) {
    List<ReportRow> ranked =
        model.variants().stream()
            .filter(row -> row.score(metric).isPresent())
            .sorted(
                Comparator.comparingDouble(
                    row -> -row.score(metric).orElseThrow().mean().orElseThrow()))
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
              ", the highest mean; next is %s with %s, %s",
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
