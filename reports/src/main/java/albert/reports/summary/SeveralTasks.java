package albert.reports.summary;

import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.InterquartileMean;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.ProbabilityOfImprovement;
import albert.evaluation.stats.RankComparison;
import albert.evaluation.stats.StratifiedBootstrap;
import albert.evaluation.stats.TaskScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A study that varies the task: its models against its tasks, and what they give on average. A task
 * counts once, with its primary metric, however many metrics and parts it has.
 *
 * @param tasks the primary metric of each task that a variant has a score on
 * @param unscored tasks of the study that no variant has a score on
 * @param models in the order of the report, references last
 * @param analysis test and level
 */
public record SeveralTasks(
    List<ReportMetric> tasks, List<String> unscored, List<TaskModel> models, Analysis analysis) {
  /** The key that varies. */
  public static final String KEY = "task";

  /** Digits after the point of averages, whose best is 1. */
  public static final int DECIMALS = ReportMetric.FRACTION_DECIMALS;

  /** With fewer tasks there are no aggregates besides the average. */
  public static final int FEWEST_TASKS = 3;

  public SeveralTasks {
    tasks = List.copyOf(tasks);
    unscored = List.copyOf(unscored);
    models = List.copyOf(models);
  }

  /** Models against tasks; empty where the task does not vary, or fewer than two have scores. */
  public static Optional<SeveralTasks> of(ReportModel model) {
    return isIn(model) ? Optional.of(new TaskModels(model).all()) : Optional.empty();
  }

  /** Whether the task varies, and variants have scores on two tasks or more. */
  public static boolean isIn(ReportModel model) {
    return model.keys().contains(KEY) && scored(model).size() > 1;
  }

  /** The primary metrics that a variant has a score by. */
  static List<ReportMetric> scored(ReportModel model) {
    return model.primaryMetrics().stream()
        .filter(model::isOfATask)
        .filter(metric -> model.variants().stream().anyMatch(r -> r.score(metric).isPresent()))
        .toList();
  }

  /** The metrics of which less is better: with these no average is taken. */
  public List<ReportMetric> losses() {
    return tasks.stream().filter(ReportMetric::lowerIsBetter).toList();
  }

  /** The models that are variants, baselines included. */
  public List<TaskModel> variants() {
    return models.stream().filter(model -> model.kind() != ReportRow.Kind.REFERENCE).toList();
  }

  /** The model that another one is compared with; empty for none. */
  public Optional<TaskModel> baselineOf(TaskModel model) {
    return model.baseline().map(models::get);
  }

  /** The tasks that a model has no score on. */
  public List<ReportMetric> missing(TaskModel model) {
    return tasks.stream().filter(task -> model.row(task).score(task).isEmpty()).toList();
  }

  /**
   * How likely a run of a model is better than one of its baseline on a task drawn at random; empty
   * with fewer than three tasks and where the scores of a side support no conclusion.
   */
  public OptionalDouble improvement(TaskModel model) {
    Optional<TaskModel> baseline = baselineOf(model).filter(TaskModel::supportsAConclusion);
    return tasks.size() < FEWEST_TASKS || !model.supportsAConclusion() || baseline.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            ProbabilityOfImprovement.of(
                model.scores().orElseThrow().values(),
                baseline.get().scores().orElseThrow().values()));
  }

  /**
   * The interquartile mean of a model's runs on all tasks; empty with fewer than three tasks, where
   * no average is taken, and where the model's scores support no conclusion. It has no interval
   * where runs share a seed.
   */
  public Optional<StratifiedBootstrap> interquartileMean(TaskModel model) {
    if (tasks.size() < FEWEST_TASKS || model.average().isEmpty() || !model.supportsAConclusion()) {
      return Optional.empty();
    }
    TaskScores scores = model.scores().orElseThrow();
    StratifiedBootstrap found =
        StratifiedBootstrap.of(scores.values(), InterquartileMean::of, analysis.level());
    return Optional.of(
        scores.independentRuns()
            ? found
            : new StratifiedBootstrap(found.estimate(), Interval.UNDEFINED));
  }

  /** The models that are ranked: variants whose scores on all tasks support a conclusion. */
  public List<TaskModel> ranked() {
    return variants().stream().filter(TaskModel::supportsAConclusion).toList();
  }

  /**
   * The ranks of {@link #ranked()}, in its order; empty with fewer than {@value
   * RankComparison#FEWEST_TASKS} tasks or two such models.
   */
  public Optional<RankComparison> ranks() {
    List<TaskModel> ranked = ranked();
    if (tasks.size() < RankComparison.FEWEST_TASKS || ranked.size() < 2) {
      return Optional.empty();
    }
    List<double[]> means = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      int task = i;
      means.add(
          ranked.stream()
              .mapToDouble(m -> m.scores().orElseThrow().tasks().get(task).mean().mean())
              .toArray());
    }
    return Optional.of(RankComparison.of(means, analysis.alpha()));
  }
}
