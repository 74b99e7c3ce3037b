package albert.reports.summary;

import albert.evaluation.stats.AverageComparison;
import albert.evaluation.stats.MeanContrast;
import albert.evaluation.stats.SeedScores;
import albert.evaluation.stats.SeedSummary;
import albert.evaluation.stats.TaskScores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the variants of a study that varies the task together into models. */
final class TaskModels {
  /** Keys that a task may have a value of its own of, which then make no other model. */
  private static final Set<String> RECIPE =
      Set.of(
          "learning_rate",
          "batch_size",
          "epochs",
          "max_steps",
          "warmup_proportion",
          "warmup_steps",
          "weight_decay",
          "max_seq_length",
          "hidden_dropout_prob",
          "attention_probs_dropout_prob",
          "classifier_dropout_prob");

  private static final SeedScores NONE = SeedScores.of(new TreeMap<>());

  private final ReportModel model;
  private final List<ReportMetric> tasks;
  private final boolean averaged;
  private final Set<String> ofTheTask = new HashSet<>();
  private final Map<SortedMap<String, Object>, List<ReportRow>> groups = new LinkedHashMap<>();

  TaskModels(ReportModel model) {
    this.model = model;
    tasks = SeveralTasks.scored(model);
    averaged = tasks.stream().noneMatch(ReportMetric::lowerIsBetter);
    ofTheTask.add(SeveralTasks.KEY);
    model.keys().stream().filter(this::goesWithTheTask).forEach(ofTheTask::add);
    model
        .variants()
        .forEach(row -> groups.computeIfAbsent(values(row), key -> new ArrayList<>()).add(row));
  }

  /** Whether a key is part of the recipe, and all variants of a task have the same value of it. */
  private boolean goesWithTheTask(String key) {
    Map<String, String> byTask = new LinkedHashMap<>();
    return RECIPE.contains(key)
        && model.variants().stream()
            .allMatch(
                row ->
                    byTask
                        .computeIfAbsent(row.text(SeveralTasks.KEY), task -> row.text(key))
                        .equals(row.text(key)));
  }

  private SortedMap<String, Object> values(ReportRow row) {
    SortedMap<String, Object> values = new TreeMap<>(row.values());
    values.keySet().removeAll(ofTheTask);
    return values;
  }

  SeveralTasks all() {
    List<TaskModel> models = new ArrayList<>();
    groups.forEach((values, rows) -> models.add(ofVariants(values, rows)));
    compare(models);
    model.rows().stream()
        .filter(row -> row.kind() == ReportRow.Kind.REFERENCE)
        .filter(row -> tasks.stream().anyMatch(task -> row.score(task).isPresent()))
        .forEach(row -> models.add(ofReference(row)));
    return new SeveralTasks(tasks, unscored(), models, model.plan().analysis());
  }

  private List<String> unscored() {
    Set<String> names = new LinkedHashSet<>();
    model.variants().forEach(row -> names.add(row.text(SeveralTasks.KEY)));
    tasks.forEach(task -> names.remove(task.task()));
    names.remove("");
    return List.copyOf(names);
  }

  private TaskModel ofVariants(SortedMap<String, Object> values, List<ReportRow> rows) {
    boolean named = rows.size() > 1 && rows.stream().map(ReportRow::name).distinct().count() == 1;
    TaskScores scores = new TaskScores(tasks.stream().map(task -> scores(rows, task)).toList());
    Optional<MeanContrast> average = averaged ? scores.average() : Optional.empty();
    return new TaskModel(
        named ? rows.get(0).name() : VariantKey.name(values),
        ReportRow.Kind.VARIANT,
        values,
        rows,
        Optional.of(scores),
        average.map(a -> OptionalDouble.of(a.estimate())).orElseGet(OptionalDouble::empty),
        Optional.empty(),
        baseline(values, rows));
  }

  /** On a scale whose best is 1; a loss with its sign turned, so that more is better. */
  private SeedScores scores(List<ReportRow> rows, ReportMetric task) {
    double whole = task.lowerIsBetter() ? -task.scale() : task.scale();
    return rows.stream()
        .filter(row -> row.scores().containsKey(task))
        .findFirst()
        .map(row -> model.standing(row, task).scores().dividedBy(whole))
        .orElse(NONE);
  }

  /** The one model that holds the baselines of all variants, each of the variant's own task. */
  private Optional<Integer> baseline(SortedMap<String, Object> values, List<ReportRow> rows) {
    Set<SortedMap<String, Object>> found = new HashSet<>();
    for (ReportRow row : rows) {
      Optional<ReportRow> base = model.baselineOf(row);
      if (base.isPresent()) {
        boolean ownTask = base.get().text(SeveralTasks.KEY).equals(row.text(SeveralTasks.KEY));
        if (!ownTask) {
          return Optional.empty();
        }
        found.add(values(base.get()));
      }
    }
    return found.size() != 1 || found.contains(values)
        ? Optional.empty()
        : Optional.of(List.copyOf(groups.keySet()).indexOf(found.iterator().next()));
  }

  /** Compares the averages with the baselines', as one family. */
  private void compare(List<TaskModel> models) {
    List<Integer> compared = new ArrayList<>();
    List<AverageComparison.Sides> sides = new ArrayList<>();
    Set<Integer> baselines = new HashSet<>();
    for (int i = 0; i < models.size(); i++) {
      TaskModel own = models.get(i);
      Optional<TaskModel> baseline = own.baseline().map(models::get);
      own.baseline().ifPresent(baselines::add);
      if (baseline.isPresent()
          && own.average().isPresent()
          && baseline.get().average().isPresent()) {
        compared.add(i);
        sides.add(
            new AverageComparison.Sides(
                own.scores().orElseThrow(), baseline.get().scores().orElseThrow()));
      }
    }
    List<AverageComparison> family = AverageComparison.family(sides, model.plan().analysis());
    for (int i = 0; i < compared.size(); i++) {
      int at = compared.get(i);
      models.set(at, models.get(at).with(models.get(at).kind(), Optional.of(family.get(i))));
    }
    baselines.forEach(
        at ->
            models.set(
                at, models.get(at).with(ReportRow.Kind.BASELINE, models.get(at).comparison())));
  }

  private TaskModel ofReference(ReportRow row) {
    List<SeedSummary> scores = tasks.stream().flatMap(task -> row.score(task).stream()).toList();
    double sum = 0;
    for (int i = 0; i < scores.size() && scores.size() == tasks.size(); i++) {
      sum += scores.get(i).mean().orElseThrow() / tasks.get(i).scale();
    }
    return new TaskModel(
        row.name(),
        ReportRow.Kind.REFERENCE,
        new TreeMap<>(),
        List.of(row),
        Optional.empty(),
        averaged && scores.size() == tasks.size()
            ? OptionalDouble.of(sum / tasks.size())
            : OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
