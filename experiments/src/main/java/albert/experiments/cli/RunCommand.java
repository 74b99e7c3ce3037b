package albert.experiments.cli;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.cli.terminal.FileLink;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.forecast.Forecaster;
import albert.experiments.study.RunBudget;
import albert.experiments.study.RunPlan;
import albert.experiments.study.Study;
import albert.experiments.study.StudyFile;
import albert.experiments.study.StudyRunner;
import albert.model.runtime.Device;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.gpu.Gpus;
import albert.reports.output.ReportWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code albert run}: the runs of a study that are missing. */
@Command(
    name = "run",
    description =
        "Runs a study. Finished runs are not repeated, and interrupted ones continue. Options"
            + " replace keys of the study's base.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert run experiments/studies/quickstart.yaml --runs runs"})
final class RunCommand implements Callable<Integer>, ConfigOptions.User {

  private static final String THREADS = "threads";

  /** Options of this process alone, which take a value. */
  private static final List<String> OWN = List.of("--parallel", "--threads");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "STUDY.yaml", description = "The study.")
  private Path file;

  @Mixin private DataOption data;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Folder of the runs [${DEFAULT-VALUE}].")
  private Path runs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Use only this seed instead of the study's.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--max-runs",
      paramLabel = "N",
      defaultValue = "0",
      description = "Do at most this many runs; 0 does all [${DEFAULT-VALUE}].")
  private int maxRuns;

  @Option(
      names = "--max-minutes",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Start only runs expected to end within this many minutes; 0 sets no limit"
              + " [${DEFAULT-VALUE}].")
  private double maxMinutes;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Do this many runs at once, each in its own process with its share of the threads, and"
              + " with GPUs of its own where there are some [${DEFAULT-VALUE}].")
  private int parallel;

  @Option(
      names = "--dry-run",
      description =
          "Train nothing; print the variants with sizes, FLOPs and estimated time, and the"
              + " differences that the study can find.")
  private boolean dryRun;

  @Mixin private OpenOption open;

  @Option(
      names = "--json",
      description =
          "Print one JSON object: the study and the records of its runs, or with --dry-run what"
              + " it will cost.")
  private boolean json;

  private record Summary(String study, String runs, List<RunRecord> records) {}

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all();
  }

  @Override
  public Integer call() throws IOException {
    Study study = study();
    PretrainedModels models = ModelOption.models(spec.commandLine().getErr());
    RunPlan plan = RunPlan.of(study, models);
    if (dryRun) {
      if (open.isGiven()) {
        throw new InputException("--dry-run and --open are both given: a dry run has no report");
      }
      ForecastTable.print(
          new Forecaster(plan, data.folder(), new RunStore(runs)).forecast(),
          json,
          spec.commandLine().getOut());
      return 0;
    }
    OutputPath.requireFolder("--runs", runs);
    PrintWriter err = spec.commandLine().getErr();
    plan.idleNotes().forEach(note -> ErrorLines.print(err, "note: " + note));
    StudyRunner.Outcome outcome = execute(plan, models);
    Path folder = runs.resolve(study.name());
    boolean opens = open.isGiven() && !outcome.records().isEmpty();
    Optional<Path> page = opens ? Optional.of(report(folder)) : Optional.empty();
    print(new Summary(study.name(), folder.toString(), outcome.records()), outcome, page);
    page.ifPresent(written -> open.show(written, err));
    return outcome.crashed() > 0 ? ErrorLines.FAILED : 0;
  }

  private Path report(Path folder) throws IOException {
    StudyReport study = StudyReport.read(folder, spec.commandLine().getErr());
    return ReportWriter.write(study.model(), List.of(), study.ownOutput()).toAbsolutePath();
  }

  private void print(Summary summary, StudyRunner.Outcome outcome, Optional<Path> page) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new StrictJson().write(summary));
    } else {
      out.printf(
          Locale.ROOT,
          "%d runs in %s (%d done before)%n",
          outcome.records().size(),
          summary.runs(),
          outcome.skipped());
      if (!outcome.records().isEmpty()) {
        out.println(
            "report: "
                + page.map(FileLink::of)
                    .orElseGet(() -> "./albert report " + CommandText.quoted(summary.runs())));
      }
    }
    out.flush();
  }

  /** As the file and the options say it. */
  private Study study() {
    Study read = StudyFile.read(file);
    Settings options = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    Settings base = read.base().plus(options);
    if (parallel != 1) {
      int all = base.find(THREADS).map(given -> (Integer) given.value()).orElse(0);
      ConfigKey key = ConfigKeys.find(THREADS).orElseThrow();
      base =
          base.plus(
              Settings.of(
                  List.of(
                      new Setting(
                          key, ParallelProcesses.threads(parallel, all), "option --parallel"))));
    }
    Study based = read.withBase(base);
    return seed.isPresent()
        ? based.withSeeds(List.of(new RunSeeds(seed.get(), seed.get())))
        : based;
  }

  private StudyRunner.Outcome execute(RunPlan plan, PretrainedModels models) throws IOException {
    if (parallel > 1 && maxRuns > 0) {
      throw new InputException(
          "--parallel and --max-runs are both given: several processes can't share that budget");
    }
    StudyExecution here =
        new StudyExecution(
            plan,
            runs,
            data.folder(),
            models,
            CommandText.of(spec.commandLine().getParseResult()),
            spec.commandLine().getErr());
    try (ParallelProcesses others = new ParallelProcesses()) {
      if (parallel > 1) {
        others.start(
            parallel - 1, argumentsOfOthers(plan), runs.resolve(plan.study().name()), gpus(plan));
      }
      StudyRunner.Outcome outcome = here.execute(new RunBudget(maxRuns, maxMinutes));
      others.await();
      return outcome;
    }
  }

  /** As many for each process as the run with the most of them uses. */
  private GpuShares gpus(RunPlan plan) {
    List<RuntimeOptions> runtimes =
        plan.runs().stream()
            .map(run -> run.config().training().runtime())
            .filter(runtime -> runtime.device() != Device.CPU)
            .toList();
    if (runtimes.isEmpty()) {
      return GpuShares.NONE;
    }
    boolean all = runtimes.stream().anyMatch(RuntimeOptions::usesAllDevices);
    int most = runtimes.stream().mapToInt(RuntimeOptions::devices).max().orElse(1);
    return GpuShares.of(
        Gpus.detect(),
        parallel,
        all ? RuntimeOptions.ALL_DEVICES : most,
        Objects.toString(System.getenv(GpuShares.VISIBLE), ""));
  }

  /** The same command for one process, with the threads of one; the report is opened here. */
  private List<String> argumentsOfOthers(RunPlan plan) {
    List<String> given =
        spec.commandLine().getParseResult().originalArgs().stream()
            .dropWhile(spec.name()::equals)
            .filter(argument -> !OpenOption.NAME.equals(argument.split("=", 2)[0]))
            .toList();
    List<String> arguments = new ArrayList<>(List.of(spec.name()));
    for (int i = 0; i < given.size(); i++) {
      String name = given.get(i).split("=", 2)[0];
      if (!OWN.contains(name)) {
        arguments.add(given.get(i));
      } else if (name.equals(given.get(i))) {
        i++; // its value
      }
    }
    arguments.add("--threads");
    arguments.add(String.valueOf(plan.study().base().find(THREADS).orElseThrow().value()));
    return arguments;
  }
}
