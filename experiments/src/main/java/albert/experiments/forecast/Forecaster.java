package albert.experiments.forecast;

import albert.datasets.DataFormatException;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.task.Tasks;
import albert.evaluation.record.ModelCosts;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.RunStore;
import albert.experiments.config.IdleKeys;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.PretrainingConfig;
import albert.experiments.config.PretrainingStage;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunPlan;
import albert.experiments.run.CountedCosts;
import albert.model.config.ComputeCost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks ahead: counts sizes and operations, estimates times, says what differences the seeds and
 * examples can resolve. Nothing is trained, and no model is built.
 */
public final class Forecaster {

  private static final int SEEDS_OF_SMALL_TASKS = 5;

  /** Those whose results vary most with the seed (arXiv 2006.04884, Figure 1). */
  private static final Set<String> SMALL_TASKS = Set.of("rte", "mrpc", "cola", "sts-b");

  private final RunPlan plan;
  private final Path data;
  private final List<RunRecord> own = new ArrayList<>();
  private final Set<Done> done = new HashSet<>();
  private final RunTimes times;
  private final Map<String, Optional<TaskData>> tasks = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param data the folder of the data sets; what is missing there is noted
   * @param store whose finished runs tell times; need not exist
   */
  public Forecaster(RunPlan plan, Path data, RunStore store) throws IOException {
    this.plan = plan;
    this.data = data;
    List<RunRecord> records = store.list().records();
    for (RunRecord record : records) {
      if (record.study().equals(plan.study().name()) && record.status() == RunStatus.FINISHED) {
        own.add(record);
        RunTimes.identity(record)
            .ifPresent(
                identity -> done.add(new Done(identity, record.initSeed(), record.dataSeed())));
      }
    }
    times = new RunTimes(records);
    notes.addAll(IdleKeys.notes(plan));
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
    Map<Pretraining, TimeEstimate> pretrainings = pretrainings();
    return new StudyForecast(
        plan.study().name(),
        plan.runs().size(),
        variants.stream().mapToInt(VariantForecast::done).sum(),
        variants,
        pretrainings.size(),
        pretrainings.values().stream().mapToDouble(TimeEstimate::flops).sum(),
        left(variants, pretrainings),
        power,
        notes);
  }

  /** A finished run of the study. */
  private record Done(Map<String, Object> identity, long initSeed, long dataSeed) {}

  /** What several runs may start from. */
  private record Pretraining(PretrainingStage stage, long seed) {}

  private Map<Pretraining, TimeEstimate> pretrainings() {
    Map<Pretraining, TimeEstimate> each = new LinkedHashMap<>();
    for (PlannedRun run : plan.runs()) {
      PretrainingStage stage = run.config().pretraining();
      if (stage != null && !isDone(run)) {
        each.computeIfAbsent(
            new Pretraining(stage, stage.seed(run.seeds())),
            key -> times.byGemm(run.config(), flops(stage)));
      }
    }
    return each;
  }

  /** Operations of all steps, every sequence as long as the longest. */
  private static double flops(PretrainingStage stage) {
    PretrainingConfig config = stage.config();
    return ComputeCost.of(stage.encoder(), config.maxSeqLength())
            .trainingPerSequence(config.exampleSettings().maxPredictionsPerSeq())
        * config.batchSize()
        * config.gradientAccumulationSteps()
        * config.maxSteps();
  }

  private static @Nullable Double left(
      List<VariantForecast> variants, Map<Pretraining, TimeEstimate> pretrainings) {
    double seconds = pretrainings.values().stream().mapToDouble(TimeEstimate::seconds).sum();
    for (VariantForecast variant : variants) {
      Double each = variant.secondsPerRun();
      if (each == null) {
        return null;
      }
      seconds += each * (variant.runs() - variant.done());
    }
    return seconds;
  }

  private VariantForecast variant(RunConfig config, List<PlannedRun> runs) {
    ModelCosts costs = CountedCosts.of(config);
    Long steps = steps(config);
    Double flops = steps == null ? null : RunTimes.flops(costs, config, steps);
    TimeEstimate time = flops == null ? null : times.of(config, flops);
    PlannedRun first = runs.get(0);
    return new VariantForecast(
        first.label(),
        config.task(),
        plan.varied(first),
        runs.size(),
        (int) runs.stream().filter(this::isDone).count(),
        costs.own().parameters(),
        ComputeCost.of(config.encoder(), config.training().maxSeqLength()).forwardPerToken(),
        steps,
        flops,
        time == null ? null : time.seconds(),
        time == null ? "unknown: the number of steps follows from the data" : time.from());
  }

  private boolean isDone(PlannedRun run) {
    return done.contains(new Done(run.config().identity(), run.seeds().init(), run.seeds().data()));
  }

  private @Nullable Long steps(RunConfig config) {
    if (config.training().maxSteps() > 0) {
      return (long) config.training().maxSteps();
    }
    Long examples = rows(config.task(), SplitName.TRAIN);
    if (examples == null) {
      return null;
    }
    int most = config.training().maxTrainExamples();
    return config.training().steps(most == 0 ? examples : Math.min(most, examples));
  }

  private @Nullable Long rows(String task, SplitName split) {
    return tasks
        .computeIfAbsent(task, this::read)
        .filter(found -> found.has(split))
        .map(found -> (long) found.examples(split).size())
        .orElse(null);
  }

  private Optional<TaskData> read(String id) {
    try {
      return Tasks.byId(id).map(task -> task.read(data));
    } catch (DataFormatException e) {
      notes.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private List<TaskPower> power(Map<RunConfig, List<PlannedRun>> byVariant) {
    Map<String, Integer> variants = new LinkedHashMap<>();
    byVariant.keySet().forEach(config -> variants.merge(config.task(), 1, Integer::sum));
    int seeds = plan.study().seeds().size();
    List<TaskPower> power = new ArrayList<>();
    variants.forEach(
        (task, count) -> {
          seedAdvice(task, seeds).ifPresent(notes::add);
          power.add(
              TaskPower.of(
                  task,
                  Tasks.byId(task).map(known -> known.metrics().get(0)),
                  seeds,
                  count,
                  rows(task, SplitName.DEV),
                  own));
        });
    return power;
  }
}
