package albert.experiments.forecast;

import albert.evaluation.record.Provenance;
import albert.evaluation.record.Stage;
import albert.experiments.RecordedExecution;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.stage.StageEstimate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stages of all runs of a study with their estimated times. */
final class StudyStages {

  private final RunTimes runTimes;
  private final StartTimes startTimes;
  private final GemmTimes gemm = new GemmTimes();

  /** The stages of runs, by run. */
  private final Map<PlannedRun, List<Estimated>> runs = new LinkedHashMap<>();

  private final Set<PlannedRun> done = new LinkedHashSet<>();

  /** A stage of a run. */
  record Estimated(StageWork work, TimeEstimate time) {
    StageEstimate estimate() {
      return new StageEstimate(
          work.stage(), work.start(), work.steps(), work.done(), time.seconds(), time.from());
    }
  }

  StudyStages(RunTimes runTimes, StartTimes startTimes) {
    this.runTimes = runTimes;
    this.startTimes = startTimes;
  }

  /** Adds a run. */
  void add(PlannedRun run, List<StageWork> works, boolean isDone) {
    Provenance.Execution execution = RecordedExecution.of(run.config().training().runtime());
    List<Estimated> stages = new ArrayList<>();
    for (StageWork work : works) {
      stages.add(new Estimated(work, time(run.config(), execution, work)));
    }
    runs.put(run, stages);
    if (isDone) {
      done.add(run);
    }
  }

  private TimeEstimate time(RunConfig config, Provenance.Execution execution, StageWork work) {
    TimeEstimate time =
        (work.stage().isShared()
                ? startTimes.of(config, execution, work)
                : runTimes.of(config, execution, work))
            .orElseGet(() -> gemm.of(work, config.training().runtime()));
    CompressionConfig compression = config.compression();
    return work.stage() == Stage.DISTILLATION && compression != null
        ? atMost(compression.distillSeconds(), time)
        : time;
  }

  /** A distillation may have a limit of its own; 0 is none. */
  private static TimeEstimate atMost(int seconds, TimeEstimate time) {
    return seconds == 0 || time.seconds() <= seconds
        ? time
        : new TimeEstimate(seconds, "distill_seconds");
  }

  /** Of a run that was added. */
  List<Estimated> of(PlannedRun run) {
    return runs.getOrDefault(run, List.of());
  }

  /** Of the runs that are not done. */
  Map<PlannedRun, List<StageEstimate>> left() {
    Map<PlannedRun, List<StageEstimate>> left = new LinkedHashMap<>();
    runs.forEach(
        (run, stages) -> {
          if (!done.contains(run)) {
            left.put(
                run,
                stages.stream()
                    .filter(stage -> !stage.work.over())
                    .map(Estimated::estimate)
                    .toList());
          }
        });
    return left;
  }

  /** Added up by kind, what runs share once. */
  List<StageForecast> forecasts() {
    Map<Stage, Sum> sums = new EnumMap<>(Stage.class);
    Set<String> counted = new LinkedHashSet<>();
    runs.forEach(
        (run, stages) -> {
          for (Estimated stage : stages) {
            Sum sum = sums.computeIfAbsent(stage.work.stage(), Sum::new);
            String start = stage.work.start();
            if (start == null || counted.add(start)) {
              sum.add(stage, done.contains(run) || stage.work.over());
            }
          }
        });
    return sums.values().stream().map(Sum::forecast).toList();
  }

  /** All stages of a kind. */
  private static final class Sum {
    private final Stage stage;
    private final Set<String> from = new LinkedHashSet<>();
    private long count;
    private long done;
    private long steps;
    private double seconds;

    Sum(Stage stage) {
      this.stage = stage;
    }

    void add(Estimated one, boolean over) {
      StageWork work = one.work;
      count += work.times();
      if (over) {
        done += work.times();
        return;
      }
      done += work.steps() == 0 ? 0 : work.times() * work.done() / work.steps();
      steps += work.steps() - work.done();
      seconds += one.estimate().secondsLeft();
      from.add(one.time.from());
    }

    StageForecast forecast() {
      return new StageForecast(
          stage.words(), count, done, stage.unit(), steps, seconds, List.copyOf(from));
    }
  }
}
