package albert.experiments.cli;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.IdleKeys;
import albert.experiments.config.Keep;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.forecast.Forecaster;
import albert.experiments.forecast.StudyForecast;
import albert.experiments.run.RunEnvironment;
import albert.experiments.run.SingleRun;
import albert.experiments.stage.StopSignal;
import albert.experiments.study.RunPlan;
import albert.experiments.study.Study;
import albert.experiments.study.StudyDescriptions;
import albert.experiments.study.WorkDone;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.training.finetuning.RunWeights;
import albert.experiments.training.pretraining.StudyPretraining;
import albert.reports.summary.DeclaredAnalysis;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert finetune}: trains one model on one task. */
@Command(
    name = "finetune",
    description =
        "Trains a model on a task and evaluates it on dev. Keeps the last and the best weights,"
            + " and writes predictions, scores and a submission. If a task has published"
            + " hyperparameters (ALBERT paper, Table 14), they are its defaults; --dry-run shows"
            + " the resulting configuration.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert finetune --task mrpc --model maven:all-MiniLM-L6-v2 --epochs 3"
          + " --learning-rate 5e-5 --output mrpc-1"
    })
final class FinetuneCommand implements Callable<Integer>, ConfigOptions.User {

  private static final long SEED = 42;

  @Spec private CommandSpec spec;

  @Mixin private DataOption data;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Folder of the run: record, metrics, predictions, checkpoints.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--resume", description = "Continue the run in --output.")
  private boolean resume;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of weights, order and dropout [" + SEED + "].")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--init-seed",
      paramLabel = "N",
      description = "Seed of the initial weights [that of --seed].")
  private Optional<Long> initSeed = Optional.empty();

  @Option(
      names = "--data-seed",
      paramLabel = "N",
      description = "Seed of the order of the examples and of dropout [that of --seed].")
  private Optional<Long> dataSeed = Optional.empty();

  @Option(
      names = "--no-submission",
      description = "Predict no other parts than dev, as --predict-parts dev does.")
  private boolean noSubmission;

  @Option(
      names = "--dry-run",
      description = "Train nothing; print the resulting configuration and what it will cost.")
  private boolean dryRun;

  @Option(
      names = "--json",
      description =
          "Print one JSON object: task, n, scores, protocol, and the scores of every protocol.")
  private boolean json;

  /** The last weights' scores, with the keys that the command score writes, and all others. */
  private record Summary(
      String task,
      long n,
      Map<String, @Nullable Double> scores,
      String protocol,
      List<OfficialScores> protocols,
      String output) {}

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all();
  }

  @Override
  public Integer call() throws IOException {
    Settings given = given();
    PretrainedModels models = ModelOption.models(spec.commandLine().getErr());
    RunConfig config = RunConfig.resolve(given, models);
    long common = seed.orElse(SEED);
    RunSeeds seeds = new RunSeeds(initSeed.orElse(common), dataSeed.orElse(common));
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      StudyForecast forecast = forecaster(config, seeds, models).forecast();
      printConfig(given, config, forecast, out);
      return 0;
    }
    OutputPath.requireFolder("--output", output());
    RunRecord record = execute(given, models, config, seeds);
    if (record.status() == RunStatus.FAILED) {
      spec.commandLine().getErr().println("albert: the run failed: " + record.failureReason());
      return ErrorLines.FAILED;
    }
    warnOfMissingWeights(config);
    print(OfficialScores.ofRun(record), out);
    return 0;
  }

  private Settings given() {
    Settings given = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    ConfigKey parts = ConfigKeys.find(ConfigKeys.PREDICT_PARTS).orElseThrow();
    return noSubmission
        ? given.plus(Settings.of(List.of(new Setting(parts, "dev", "option --no-submission"))))
        : given;
  }

  /** A run that was finished before is not done again. */
  private void warnOfMissingWeights(RunConfig config) {
    if (config.training().keep() != Keep.NONE
        && !new RunWeights(new RunDirectory(output())).exist()) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "albert: the run was finished before and kept no weights; ./albert replay %s --output"
                  + " DIR makes them again%n",
              CommandText.quoted(output().toString()));
    }
  }

  @SuppressWarnings("try") // the interruption listens by being there
  private RunRecord execute(
      Settings given, PretrainedModels models, RunConfig config, RunSeeds seeds)
      throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    IdleKeys.notes(given, config).forEach(note -> ErrorLines.print(err, "note: " + note));
    String command = CommandText.of(spec.commandLine().getParseResult());
    RunEnvironment settings =
        StudyExecution.settings(new RunStore(output()), data.folder(), models, command);
    StopSignal stop = new StopSignal();
    String again = resume ? command : command + " --resume";
    try (Interruption listening =
            new Interruption(stop, err, "interrupted; continue the run with: " + again);
        Background estimator = new Background("estimates");
        ConsoleProgress progress =
            new ConsoleProgress(
                err, () -> forecaster(config, seeds, models).estimates(), estimator)) {
      RunRecord record =
          new SingleRun(settings, config, given, seeds, output())
              .execute(resume, progress, stop, Clock.systemUTC());
      if (record.status() == RunStatus.FINISHED) {
        StudyDescriptions.writeOfRun(settings, output(), record, config);
      }
      return record;
    }
  }

  /** Of the one run, as of a study's. */
  private Forecaster forecaster(RunConfig config, RunSeeds seeds, PretrainedModels models)
      throws IOException {
    Study alone =
        new Study(
            "finetune",
            "",
            Settings.NONE,
            List.of(),
            Optional.empty(),
            List.of(seeds),
            DeclaredAnalysis.NONE,
            "options");
    PlannedRun run = new PlannedRun("", Settings.NONE, config, seeds);
    return new Forecaster(
        new RunPlan(alone, List.of(run)),
        data.folder(),
        new RunStore(Path.of("runs")),
        new WorkDone(
            models,
            StudyPretraining.looking(data.folder(), models),
            folder.orElse(Path.of("finetune"))));
  }

  private Path output() {
    return folder.orElseThrow(
        () -> new InputException("--output is missing: the folder that the run goes to"));
  }

  private void printConfig(
      Settings given, RunConfig config, StudyForecast forecast, PrintWriter out) {
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>(IdleKeys.acting(config));
      values.put("forecast", forecast);
      out.print(new StrictJson().write(values));
    } else {
      IdleKeys.acting(config)
          .forEach((key, value) -> out.printf(Locale.ROOT, "%s: %s%n", key, value));
      IdleKeys.notes(given, config).forEach(note -> out.println("note: " + note));
      out.println();
      ForecastTable.print(forecast, false, out);
    }
    out.flush();
  }

  private void print(List<OfficialScores> protocols, PrintWriter out) {
    if (json) {
      OfficialScores last = protocols.get(0);
      out.print(
          new StrictJson()
              .write(
                  new Summary(
                      last.task(),
                      last.n(),
                      last.scores(),
                      last.protocol(),
                      protocols,
                      output().toString())));
    } else {
      protocols.forEach(scores -> ScoreTable.print(scores, out));
      out.printf(Locale.ROOT, "run: %s%n", output());
    }
    out.flush();
  }
}
