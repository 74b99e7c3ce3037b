package albert.reports.summary;

import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.SeedSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The answer to a study's question, made from the figures alone. */
final class Answer {
  /** More comparisons than this are counted instead of listed. */
  private static final int LISTED = 6;

  private final ReportModel model;
  private final ComparisonWords words;

  Answer(ReportModel model) {
    this.model = model;
    words = new ComparisonWords(model);
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
    Optional<SeveralTasks> tasks = SeveralTasks.of(model);
    if (tasks.isPresent()) {
      return overTasks(tasks.get());
    }
    List<String> sentences = new ArrayList<>();
    for (ReportMetric metric : model.primaryMetrics()) {
      sentences.addAll(withoutScore(metric));
      List<Comparison> compared = comparisons(metric);
      if (compared.isEmpty()) {
        rank(metric).ifPresent(sentences::add);
        continue;
      }
      if (compared.size() > LISTED) {
        sentences.add(counted(metric, compared));
      } else {
        sentences.addAll(listed(metric));
      }
      sentences.addAll(recommendation(metric, compared));
      sentences.addAll(words.undecided(metric));
    }
    words.test().ifPresent(sentences::add);
    sentences.addAll(EffectWords.answer(model));
    return sentences.isEmpty()
        ? List.of("The runs are finished and have no score, so there is no answer.")
        : sentences;
  }

  /** The averages first, then a sentence a task. */
  private List<String> overTasks(SeveralTasks tasks) {
    List<String> sentences = new ArrayList<>(new TaskWords(tasks).answer(model));
    Set<String> undecided = new LinkedHashSet<>();
    for (ReportMetric metric : tasks.tasks()) {
      List<Comparison> compared = comparisons(metric);
      if (compared.isEmpty()) {
        rank(metric).ifPresent(sentences::add);
      } else {
        sentences.add(counted(metric, compared));
        undecided.addAll(words.undecided(metric));
      }
    }
    sentences.addAll(undecided);
    words
        .test()
        .map(test -> test.replaceFirst("^Test:", "Test of single tasks:"))
        .ifPresent(sentences::add);
    return sentences;
  }

  private List<Comparison> comparisons(ReportMetric metric) {
    return model.rows().stream().flatMap(row -> model.comparison(row, metric).stream()).toList();
  }

  /** Failed runs and undefined scores come first: what follows is about the others. */
  private List<String> withoutScore(ReportMetric metric) {
    List<String> sentences = new ArrayList<>();
    for (ReportRow row : model.variants()) {
      Standing.Failures failures = model.standing(row, metric).failures();
      if (failures.rate().failed() > 0) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "%s of %s of %s failed (%s, 95 %% interval %s%s): no conclusion is drawn from the"
                    + " others.",
                failures.rate().failed(),
                Numbers.plural(failures.rate().runs(), "run"),
                row.name(),
                Numbers.percent(failures.rate().share()),
                Numbers.percents(failures.rate().interval(0.95)),
                failures.p().isPresent()
                    ? ", Fisher's p against the baseline "
                        + Numbers.probability(failures.p().getAsDouble())
                    : ""));
      }
      model.standing(row, metric).undefinedWords(row, metric).ifPresent(sentences::add);
    }
    return sentences;
  }

  private List<String> listed(ReportMetric metric) {
    List<String> sentences = new ArrayList<>();
    for (ReportRow baseline : model.variants()) {
      List<String> clauses = new ArrayList<>();
      for (ReportRow row : model.variants()) {
        if (model.baselineOf(row).filter(baseline::equals).isPresent()) {
          words.clause(row, baseline, metric).ifPresent(clauses::add);
        }
      }
      Optional<SeedSummary> score = baseline.score(metric);
      if (score.isPresent() && !clauses.isEmpty()) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "Against %s with %s: %s.",
                baseline.name(),
                scored(baseline, metric),
                String.join("; ", clauses)));
      }
    }
    return sentences;
  }

  private static String counted(ReportMetric metric, List<Comparison> compared) {
    return String.format(
        Locale.ROOT,
        "Variants against their baseline by %s: %s.",
        metric.label(),
        Numbers.verdicts(compared.stream().map(Comparison::verdict).toList()));
  }

  /** The smallest variant that is shown to lose little, or that none is. */
  private List<String> recommendation(ReportMetric metric, List<Comparison> compared) {
    boolean tested = compared.stream().anyMatch(c -> c.lossP().isPresent());
    boolean smaller = model.variants().stream().anyMatch(this::isSmallerThanBaseline);
    if (!tested || !smaller) {
      return List.of();
    }
    String margin = words.margin(metric);
    return List.of(
        model
            .recommended(metric)
            .map(
                row ->
                    String.format(
                        Locale.ROOT,
                        "The smallest variant whose loss is shown to be below %s is %s, with %s"
                            + " parameters (p %s).",
                        margin,
                        row.name(),
                        Numbers.whole((double) row.size().orElseThrow().encoderParameters()),
                        Numbers.probability(
                            model.comparison(row, metric).orElseThrow().lossP().getAsDouble())))
            .orElse(
                String.format(
                    Locale.ROOT,
                    "No smaller variant is shown to lose less than %s: none is recommended.",
                    margin)));
  }

  private boolean isSmallerThanBaseline(ReportRow row) {
    return model.baselineOf(row).filter(baseline -> row.isSmallerThan(baseline)).isPresent();
  }

  private Optional<String> rank(ReportMetric metric) {
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
      return Optional.empty();
    }
    ReportRow first = ranked.get(0);
    String sentence = first.name() + " has " + scored(first, metric);
    if (ranked.size() > 1) {
      ReportRow second = ranked.get(1);
      sentence +=
          String.format(
              Locale.ROOT,
              ", the %s mean; next is %s with %s, %s",
              metric.lowerIsBetter() ? "lowest" : "highest",
              second.name(),
              scored(second, metric),
              apart(first, second, metric));
    }
    return Optional.of(sentence + ".");
  }

  /** Whether the best two are told apart, among all pairs. */
  private String apart(ReportRow first, ReportRow second, ReportMetric metric) {
    boolean judged =
        model.standing(first, metric).scores().supportsAConclusion()
            && model.standing(second, metric).scores().supportsAConclusion();
    if (!judged) {
      return "no conclusion";
    }
    Standing.Place place = model.standing(first, metric).place();
    if (place.group().isEmpty()) {
      return "not tested among more than " + Letters.MOST_TIED + " variants";
    }
    return place.winner()
        ? "told apart from it (p of all pairs corrected by Holm)"
        : "not distinguishable from it";
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
