package albert.experiments.forecast;

import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.evaluation.record.ModelCosts;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.Stage;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.stage.StageEstimate;
import albert.experiments.study.RunPlan;
import albert.experiments.study.StudyRunner;
import albert.experiments.study.WorkDone;
import albert.experiments.training.CountedCosts;
import albert.experiments.training.pretraining.StudyPretraining;
import albert.model.config.ComputeCost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks ahead: counts sizes and operations, estimates times, says what differences the seeds and
 * examples can resolve. Nothing is trained, and no model is built.
 */
public final class Forecaster {

  private static final int SEEDS_OF_SMALL_TASKS = 5;

  /** Those whose results vary most with the seed (arXiv 2006.04884, Figure 1). */
  private static final Set<String> SMALL_TASKS = Set.of("rte", "mrpc", "cola", "sts-b");

  private final RunPlan plan;
  private final List<RunRecord> own = new ArrayList<>();
  private final Map<Done, RunRecord> records = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final TaskSizes sizes;
  private final RunWork work;
  private final RunStore store;
  private final StudyStages stages;

  /** Runs whose steps can't be told, since data is missing. */
  private boolean unknown;

  /**
   * Looks ahead to a study in a store.
   *
   * @param data the folder of the data sets; what is missing there is noted
   * @param store whose finished runs tell times; need not exist
   */
  public Forecaster(RunPlan plan, Path data, RunStore store) throws IOException {
    this(plan, data, store, work(plan, data, store));
  }

  /**
   * The same with what there is of the work, wherever that is.
   *
   * @param done finds what there is of it
   */
  public Forecaster(RunPlan plan, Path data, RunStore store, WorkDone done) throws IOException {
    this.plan = plan;
    this.store = store;
    sizes = new TaskSizes(data, done.models(), notes::add);
    work = new RunWork(sizes, done);
    List<RunRecord> all = store.list().records();
    for (RunRecord record : all) {
      if (record.study().equals(plan.study().name())) {
        RunTimes.identity(record)
            .ifPresent(
                identity ->
                    records.merge(
                        new Done(identity, record.initSeed(), record.dataSeed()),
                        record,
                        (one, other) -> one.status() == RunStatus.FINISHED ? one : other));
        if (record.status() == RunStatus.FINISHED) {
          own.add(record);
        }
      }
    }
    stages = new StudyStages(new RunTimes(all), new StartTimes(store.root(), done.models()));
    notes.addAll(plan.idleNotes());
    for (PlannedRun run : plan.runs()) {
      Optional<List<StageWork>> works = work.of(run, trained(run));
      works.ifPresent(known -> stages.add(run, known, isOver(run)));
      unknown |= works.isEmpty() && !isOver(run);
    }
  }

  /** Of a study, beside its runs. */
  private static WorkDone work(RunPlan plan, Path data, RunStore store) {
    PretrainedModels models = new PretrainedModels();
    return new WorkDone(
        models, StudyPretraining.looking(data, models), store.root().resolve(plan.study().name()));
  }

  /** Steps of a run that was broken off. */
  private long trained(PlannedRun run) throws IOException {
    RunRecord record = records.get(key(run));
    return record == null || record.status() != RunStatus.RUNNING
        ? 0
        : WorkDone.training(store.directory(record.study(), record.runId()));
  }

  /** What a task asks for besides its data: five seeds where it is small. */
  public static Optional<String> seedAdvice(String task, int seeds) {
    return SMALL_TASKS.contains(task) && seeds < SEEDS_OF_SMALL_TASKS
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s is small and varies with the seed: take at least %d seeds, here %s",
                task,
                SEEDS_OF_SMALL_TASKS,
                seeds == 1 ? "is 1" : "are " + seeds))
        : Optional.empty();
  }

  /** Looks ahead. */
  public StudyForecast forecast() {
    Map<RunConfig, List<PlannedRun>> byVariant = new LinkedHashMap<>();
    for (PlannedRun run : plan.runs()) {
      byVariant.computeIfAbsent(run.config(), config -> new ArrayList<>()).add(run);
    }
    List<VariantForecast> variants = new ArrayList<>();
    byVariant.forEach((config, runs) -> variants.add(variant(config, runs)));
    List<TaskPower> power = power(byVariant);
    List<StageForecast> kinds = stages.forecasts();
    return new StudyForecast(
        plan.study().name(),
        plan.runs().size(),
        variants.stream().mapToInt(VariantForecast::done).sum(),
        variants,
        (int) pretrainings().count(),
        pretrainings().mapToDouble(StageWork::flops).sum(),
        unknown ? null : (Double) kinds.stream().mapToDouble(StageForecast::secondsLeft).sum(),
        kinds,
        power,
        notes);
  }

  /** The stages of every run that is not done; empty if they can't be told of all. */
  public Map<PlannedRun, List<StageEstimate>> estimates() {
    return unknown ? Map.of() : stages.left();
  }

  /** A run of the study. */
  private record Done(Map<String, Object> identity, long initSeed, long dataSeed) {}

  private static Done key(PlannedRun run) {
    return new Done(run.config().identity(), run.seeds().init(), run.seeds().data());
  }

  /** Those that runs which are not done start from, each once. */
  private Stream<StageWork> pretrainings() {
    Map<String, StageWork> byName = new LinkedHashMap<>();
    plan.runs().stream()
        .filter(run -> !isOver(run))
        .flatMap(run -> stages.of(run).stream())
        .map(StudyStages.Estimated::work)
        .filter(one -> one.stage() == Stage.PRETRAINING && !one.over())
        .forEach(one -> byName.put(String.valueOf(one.start()), one));
    return byName.values().stream();
  }

  private VariantForecast variant(RunConfig config, List<PlannedRun> runs) {
    ModelCosts costs = CountedCosts.of(config, sizes.together(config));
    PlannedRun first = runs.get(0);
    List<StudyStages.Estimated> own =
        stages.of(first).stream().filter(stage -> !stage.work().stage().isShared()).toList();
    Optional<StudyStages.Estimated> training =
        own.stream().filter(stage -> stage.work().stage() == Stage.TRAINING).findFirst();
    return new VariantForecast(
        first.label(),
        config.task(),
        plan.varied(first),
        runs.size(),
        (int) runs.stream().filter(this::isDone).count(),
        costs.own().parameters(),
        ComputeCost.of(config.encoder(), config.training().maxSeqLength()).forwardPerToken(),
        training.map(stage -> stage.work().steps()).orElse(null),
        training.map(stage -> stage.work().flops()).orElse(null),
        training.isEmpty()
            ? null
            : (Double) own.stream().mapToDouble(stage -> stage.time().seconds()).sum(),
        training
            .map(stage -> stage.time().from())
            .orElse("unknown: the number of steps follows from the data"));
  }

  /** Finished, or diverged: it is not done again. */
  private boolean isOver(PlannedRun run) {
    RunRecord record = records.get(key(run));
    return record != null && StudyRunner.isOver(record);
  }

  private boolean isDone(PlannedRun run) {
    RunRecord record = records.get(key(run));
    return record != null && record.status() == RunStatus.FINISHED;
  }

  /** The metric that claims on a task are about. */
  private String primary(Task<?> task) {
    String declared = plan.study().analysis().primary();
    return declared != null && task.metricIds().contains(declared) ? declared : task.metric();
  }

  /** With the baseline, or of all pairs where there is none. */
  private int comparisons(int variants) {
    return plan.study().baseline().isPresent() ? variants - 1 : variants * (variants - 1) / 2;
  }

  private List<TaskPower> power(Map<RunConfig, List<PlannedRun>> byVariant) {
    Map<String, List<RunConfig>> byTask =
        byVariant.keySet().stream()
            .collect(
                Collectors.groupingBy(RunConfig::task, LinkedHashMap::new, Collectors.toList()));
    int seeds = plan.study().seeds().size();
    int comparisons =
        Math.max(1, byTask.values().stream().mapToInt(own -> comparisons(own.size())).sum());
    List<TaskPower> power = new ArrayList<>();
    byTask.forEach(
        (task, variants) -> {
          seedAdvice(task, seeds).ifPresent(notes::add);
          RunConfig first = variants.get(0);
          power.add(
              TaskPower.of(
                  task,
                  primary(first.dataSet()),
                  seeds,
                  comparisons,
                  plan.study().judgement(),
                  sizes.examples(first, SplitName.DEV),
                  own));
        });
    return power;
  }
}
