package albert.reports.summary;

import albert.evaluation.record.ModelSize;
import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Comparisons with the baseline in words, for the answer. */
final class ComparisonWords {
  private final ReportModel model;

  ComparisonWords(ReportModel model) {
    this.model = model;
  }

  /** What came of a variant; empty where there is no difference to speak of. */
  Optional<String> clause(ReportRow row, ReportRow baseline, ReportMetric metric) {
    return model
        .comparison(row, metric)
        .filter(comparison -> comparison.difference().isPresent())
        .map(
            comparison ->
                row.name() + sizeChange(row, baseline) + " " + verdict(comparison, metric));
  }

  private static String sizeChange(ReportRow row, ReportRow baseline) {
    Optional<Long> own = row.size().map(ModelSize::encoderParameters);
    Optional<Long> other = baseline.size().map(ModelSize::encoderParameters);
    if (own.isEmpty() || other.isEmpty() || other.get() == 0 || own.equals(other)) {
      return "";
    }
    return " (" + Numbers.change(other.get(), own.get()) + " parameters)";
  }

  private static String verdict(Comparison comparison, ReportMetric metric) {
    double value = comparison.difference().orElseThrow();
    String size = Numbers.fixed(Math.abs(value), metric.decimals());
    return switch (comparison.verdict()) {
      case HIGHER -> "is " + size + " higher" + evidence(comparison, metric);
      case LOWER -> "is " + size + " lower" + evidence(comparison, metric);
      case NOT_DISTINGUISHABLE ->
          "is not distinguishable from it"
              + String.format(
                  Locale.ROOT,
                  " (%s, %s interval %s)",
                  Numbers.signed(value, metric.decimals()),
                  Numbers.level(comparison.family().analysis().level()),
                  Numbers.interval(comparison.interval(), metric.decimals()));
      case TOO_FEW_SEEDS, FAILED_RUNS, UNDEFINED_SCORES, DEGENERATE, NO_SPREAD ->
          "differs by " + Numbers.signed(value, metric.decimals()) + ", no conclusion";
    };
  }

  private static String evidence(Comparison comparison, ReportMetric metric) {
    return String.format(
        Locale.ROOT,
        " (%s interval %s, p %s)",
        Numbers.level(comparison.family().analysis().level()),
        Numbers.interval(comparison.interval(), metric.decimals()),
        Numbers.probability(comparison.p().orElseThrow()));
  }

  /** The margin with its unit, and that it was not declared. */
  String margin(ReportMetric metric) {
    String margin =
        Numbers.fixed(model.plan().margin(metric).orElseThrow(), metric.decimals())
            + " "
            + metric.label();
    return model.plan().declared().margin() == null
        ? margin + " (one point, as the study declares no margin)"
        : margin;
  }

  /** Why some comparisons support no conclusion, a sentence a reason. */
  List<String> undecided(ReportMetric metric) {
    List<String> sentences = new ArrayList<>();
    if (has(metric, Comparison.Verdict.TOO_FEW_SEEDS)) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Fewer than %d seeds a side support no conclusion.",
              Analysis.FEWEST_SEEDS));
    }
    if (has(metric, Comparison.Verdict.DEGENERATE)) {
      sentences.add("Runs that predict one class for all examples support no conclusion.");
    }
    if (has(metric, Comparison.Verdict.NO_SPREAD)) {
      sentences.add(
          "Where all seeds have the same score there is no spread to judge by, and no conclusion.");
    }
    return sentences;
  }

  private boolean has(ReportMetric metric, Comparison.Verdict verdict) {
    return model.rows().stream()
        .flatMap(row -> model.comparison(row, metric).stream())
        .anyMatch(comparison -> comparison.verdict() == verdict);
  }

  /** Which test, on how many seeds, corrected for what; empty where nothing was tested. */
  Optional<String> test() {
    List<Standing> tested =
        model.primaryMetrics().stream()
            .flatMap(metric -> model.variants().stream().map(row -> model.standing(row, metric)))
            .filter(standing -> standing.comparison().filter(c -> c.p().isPresent()).isPresent())
            .toList();
    if (tested.isEmpty()) {
      return Optional.empty();
    }
    List<Comparison> comparisons =
        tested.stream().map(standing -> standing.comparison().orElseThrow()).toList();
    String sentence =
        String.format(
            Locale.ROOT,
            "Test: %s, %s, p corrected by Holm for %s.",
            model.plan().analysis().test(),
            seeds(comparisons),
            Numbers.plural(comparisons.get(0).family().tested(), "comparison"));
    return Optional.of(
        tested.stream().anyMatch(Standing::ofCheckpoints)
            ? sentence
                + " The seeds are fine-tuning seeds of one checkpoint a variant: p is of these"
                + " checkpoints, not of the way in which such checkpoints are made."
            : sentence);
  }

  private static String seeds(List<Comparison> comparisons) {
    int fewest = comparisons.stream().mapToInt(Comparison::seeds).min().orElse(0);
    int most = comparisons.stream().mapToInt(Comparison::seeds).max().orElse(0);
    return fewest == most ? fewest + " seeds" : fewest + " to " + most + " seeds";
  }
}
