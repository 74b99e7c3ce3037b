package albert.experiments.cli;

import albert.evaluation.record.Provenance;
import albert.evaluation.record.RunStore;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.cli.terminal.OtherWriters;
import albert.experiments.config.PlannedRun;
import albert.experiments.forecast.Forecaster;
import albert.experiments.run.RunEnvironment;
import albert.experiments.run.RunProvenance;
import albert.experiments.stage.StageEstimate;
import albert.experiments.stage.StopSignal;
import albert.experiments.study.RunBudget;
import albert.experiments.study.RunPlan;
import albert.experiments.study.StudyRunner;
import albert.experiments.study.WorkDone;
import albert.experiments.training.pretraining.StudyPretraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a plan from the terminal: progress, Ctrl-C, and what is said at the end.
 *
 * @param plan what is run
 * @param runs folder of the store
 * @param data folder of the data sets
 * @param models the checkpoints that the plan was made with
 * @param command what to type to repeat it
 * @param err gets progress and warnings
 */
record StudyExecution(
    RunPlan plan, Path runs, Path data, PretrainedModels models, String command, PrintWriter err) {

  /** Runs what is missing. */
  StudyRunner.Outcome execute(RunBudget budget) throws IOException {
    StudyRunner.Outcome outcome = run(budget);
    warn(outcome);
    return outcome;
  }

  @SuppressWarnings("try") // the interruption and the logs' reader act by being there
  private StudyRunner.Outcome run(RunBudget budget) throws IOException {
    StopSignal stop = new StopSignal();
    RunEnvironment settings = settings(new RunStore(runs), data, models, command);
    try (Interruption listening = new Interruption(stop, err, howToGoOn());
        ConsoleProgress progress = progress(settings);
        OtherWriters logs = new OtherWriters(progress::logged)) {
      progress.prepares("reading the data, estimating the time");
      return new StudyRunner(settings, progress, stop, Clock.systemUTC()).run(plan, budget);
    }
  }

  private ConsoleProgress progress(RunEnvironment settings) {
    return new ConsoleProgress(
        err,
        () -> estimates(settings),
        new VariantTable(plan.runs(), plan.study().analysis().primary()),
        new StageReasons(models)::of);
  }

  private Map<PlannedRun, List<StageEstimate>> estimates(RunEnvironment settings)
      throws IOException {
    WorkDone done = new WorkDone(models, settings.pretraining(), runs.resolve(plan.study().name()));
    return new Forecaster(plan, data, settings.store(), done).estimates();
  }

  private String howToGoOn() {
    return String.format(
        Locale.ROOT,
        "interrupted; finished runs are kept in %s, the same command continues with the rest: %s",
        runs.resolve(plan.study().name()),
        command);
  }

  private void warn(StudyRunner.Outcome outcome) {
    if (outcome.diverged() > 0) {
      err.printf(
          Locale.ROOT,
          "albert: %d of %d runs diverged; the report shows them as failed%n",
          outcome.diverged(),
          plan.runs().size());
    }
    if (outcome.left() > 0) {
      err.printf(
          Locale.ROOT,
          "albert: the budget is spent; the same command continues with the %d runs left%n",
          outcome.left());
    }
    if (outcome.withoutWeights() > 0) {
      err.printf(
          Locale.ROOT,
          "albert: %d of %d runs had already finished without the weights that keep asks for;"
              + " ./albert replay %s --output DIR makes the weights of a run again%n",
          outcome.withoutWeights(),
          plan.runs().size(),
          CommandText.quoted(runs.resolve(plan.study().name()).resolve("RUN").toString()));
    }
    if (outcome.crashed() > 0) {
      err.printf(
          Locale.ROOT,
          "albert: %d of %d runs failed; the same command tries them again%n",
          outcome.crashed(),
          plan.runs().size());
    }
  }

  /** What a run needs to know of where it is. */
  static RunEnvironment settings(
      RunStore store, Path data, PretrainedModels models, String command) {
    return new RunEnvironment(
        store,
        data,
        models,
        new StudyPretraining(
            data,
            models,
            runtime -> RunProvenance.of(Version.commit(), software(), runtime, command)),
        Version.commit(),
        software(),
        command);
  }

  static Provenance.Software software() {
    return new Provenance.Software(
        Version.suite(),
        String.format(Locale.ROOT, "%s (%s)", Runtime.version(), System.getProperty("java.vendor")),
        Version.tensorflow(),
        String.format(
            Locale.ROOT, "%s %s", System.getProperty("os.name"), System.getProperty("os.version")));
  }
}
