package albert.reports.summary;

import albert.evaluation.record.RunStatus;
import albert.evaluation.stats.AverageComparison;
import albert.evaluation.stats.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The averages over several tasks in words. */
public final class TaskWords {
  /** More models than this are counted instead of listed. */
  private static final int LISTED = 6;

  private final SeveralTasks tasks;
  private final double level;

  /** Of a study that varies the task. */
  public TaskWords(SeveralTasks tasks) {
    this.tasks = tasks;
    level = tasks.analysis().level();
  }

  /** What the answer begins with, a sentence each. */
  List<String> answer(ReportModel model) {
    List<String> sentences = new ArrayList<>(averages());
    sentences.addAll(incomplete(tasks.variants()));
    test().ifPresent(sentences::add);
    int failed = model.count(RunStatus.FAILED);
    if (failed > 0) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s failed: no conclusion is drawn where a side has failed runs.",
              Numbers.plural(failed, "run")));
    }
    undefined(model).ifPresent(sentences::add);
    return sentences;
  }

  /** How many scores are undefined, on all tasks together; empty where none is. */
  private Optional<String> undefined(ReportModel model) {
    List<Standing.Undefined> found =
        tasks.tasks().stream()
            .flatMap(task -> model.variants().stream().map(row -> model.standing(row, task)))
            .map(Standing::undefined)
            .filter(undefined -> undefined.count() > 0)
            .toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s undefined (%s): no conclusion is drawn where a side has undefined scores.",
                Numbers.are(found.stream().mapToInt(Standing.Undefined::count).sum(), "score"),
                found.stream()
                    .flatMap(undefined -> undefined.reasons().stream())
                    .distinct()
                    .collect(Collectors.joining("; "))));
  }

  private List<String> averages() {
    String over = "Over " + Numbers.plural(tasks.tasks().size(), "task") + ", ";
    if (!tasks.losses().isEmpty()) {
      return List.of(over + "no average is taken: " + losses() + ".");
    }
    List<TaskModel> compared =
        tasks.variants().stream().filter(m -> m.comparison().isPresent()).toList();
    if (compared.isEmpty()) {
      return List.of(over + ranked());
    }
    List<String> sentences = new ArrayList<>();
    Set<Integer> told = new LinkedHashSet<>();
    for (TaskModel one : compared) {
      if (told.add(one.baseline().orElseThrow())) {
        sentences.add(
            (told.size() == 1 ? over : "") + averages(tasks.baselineOf(one).orElseThrow()) + ".");
      }
    }
    if (compared.size() > LISTED) {
      sentences.add(counted(compared));
    } else {
      compared.forEach(one -> sentences.add(averages(one) + ", " + verdict(one) + "."));
    }
    return sentences;
  }

  private String averages(TaskModel model) {
    return model.name() + " averages " + average(model);
  }

  /** An average with its interval. */
  private String average(TaskModel model) {
    String text = Numbers.fixed(model.average().orElseThrow(), SeveralTasks.DECIMALS);
    Interval interval = model.interval(level);
    return interval.defined()
        ? String.format(
            Locale.ROOT,
            "%s (%s interval %s)",
            text,
            Numbers.level(level),
            Numbers.range(interval, SeveralTasks.DECIMALS))
        : text;
  }

  private String verdict(TaskModel model) {
    AverageComparison comparison = model.comparison().orElseThrow();
    String baseline = tasks.baselineOf(model).orElseThrow().name();
    if (comparison.difference().isEmpty()) {
      return "against " + baseline + " " + Numbers.verdict(comparison.verdict());
    }
    double value = comparison.difference().getAsDouble();
    return switch (comparison.verdict()) {
      case HIGHER, LOWER ->
          String.format(
              Locale.ROOT,
              "%s %s than %s (%s, p %s)",
              Numbers.fixed(Math.abs(value), SeveralTasks.DECIMALS),
              Numbers.verdict(comparison.verdict()),
              baseline,
              interval(comparison),
              Numbers.probability(comparison.p().orElseThrow()));
      case NOT_DISTINGUISHABLE ->
          String.format(
              Locale.ROOT,
              "not distinguishable from %s (%s, %s)",
              baseline,
              Numbers.signed(value, SeveralTasks.DECIMALS),
              interval(comparison));
      case TOO_FEW_SEEDS, FAILED_RUNS, UNDEFINED_SCORES, DEGENERATE, NO_SPREAD ->
          String.format(
              Locale.ROOT,
              "which differs by %s from %s: %s",
              Numbers.signed(value, SeveralTasks.DECIMALS),
              baseline,
              Numbers.verdict(comparison.verdict()));
    };
  }

  private String interval(AverageComparison comparison) {
    return Numbers.level(level)
        + " interval "
        + Numbers.interval(comparison.interval(), SeveralTasks.DECIMALS);
  }

  private static String counted(List<TaskModel> compared) {
    return String.format(
        Locale.ROOT,
        "Averages against the baseline's: %s.",
        Numbers.verdicts(
            compared.stream().map(m -> m.comparison().orElseThrow().verdict()).toList()));
  }

  private String ranked() {
    List<TaskModel> ranked =
        tasks.variants().stream()
            .filter(model -> model.average().isPresent())
            .sorted(Comparator.comparingDouble((TaskModel m) -> -m.average().orElseThrow()))
            .toList();
    if (ranked.isEmpty()) {
      return "no model has an average.";
    }
    String first = averages(ranked.get(0));
    return ranked.size() == 1
        ? first + "."
        : String.format(
            Locale.ROOT,
            "%s, the highest average; next is %s with %s. They are not tested, for want of a"
                + " baseline with an average.",
            first,
            ranked.get(1).name(),
            average(ranked.get(1)));
  }

  /** Why no average is taken. */
  public String losses() {
    return "less is better by "
        + tasks.losses().stream().map(ReportMetric::label).collect(Collectors.joining(", "));
  }

  /** What averages are without, a sentence each. */
  public List<String> incomplete() {
    return incomplete(tasks.models());
  }

  private List<String> incomplete(List<TaskModel> models) {
    List<String> sentences = new ArrayList<>();
    if (!tasks.unscored().isEmpty()) {
      sentences.add("No model has a score on " + String.join(", ", tasks.unscored()) + ".");
    }
    List<TaskModel> without = models.stream().filter(m -> !tasks.missing(m).isEmpty()).toList();
    if (!tasks.losses().isEmpty()) {
      return sentences;
    }
    if (without.size() > LISTED) {
      sentences.add(
          without.size() + " models have no average, as they have no score on some task.");
      return sentences;
    }
    for (TaskModel one : without) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s has no average: no score on %s.",
              one.name(),
              tasks.missing(one).stream()
                  .map(ReportMetric::task)
                  .collect(Collectors.joining(", "))));
    }
    return sentences;
  }

  /** How differences of averages were tested; empty where none was. */
  private Optional<String> test() {
    int tested = tested();
    return tested == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Test of averages: %s, p corrected by Holm for %s.",
                tasks.analysis().paired()
                    ? "Student's t test of the seeds that both sides have on every task"
                    : "contrast of the tasks' means with Satterthwaite's degrees of freedom",
                Numbers.plural(tested, "model")));
  }

  /** How many averages were tested. */
  public int tested() {
    return tasks.variants().stream()
        .flatMap(model -> model.comparison().stream())
        .mapToInt(comparison -> comparison.family().tested())
        .findFirst()
        .orElse(0);
  }
}
