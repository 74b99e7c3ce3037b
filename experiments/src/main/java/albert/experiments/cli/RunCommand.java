package albert.experiments.cli;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.StrictJson;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunPlan;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Study;
import albert.experiments.config.StudyFile;
import albert.experiments.pretrained.PretrainedModels;
import albert.experiments.run.RunBudget;
import albert.experiments.run.StudyRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
        "Runs a study. Finished runs are not run again, broken ones are; keys given as options"
            + " replace those of its base.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert run experiments/studies/quickstart.yaml --runs runs"})
final class RunCommand implements Callable<Integer>, ConfigOptions.User {

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
      description = "Run with this seed alone, instead of the study's.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--max-runs",
      paramLabel = "N",
      defaultValue = "0",
      description = "Do so many runs and leave the rest; 0 for all [${DEFAULT-VALUE}].")
  private int maxRuns;

  @Option(
      names = "--max-minutes",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Begin no run that would not be over in so many minutes; 0 for no limit"
              + " [${DEFAULT-VALUE}].")
  private double maxMinutes;

  @Option(
      names = "--json",
      description = "Print one JSON object: the study and the records of its runs.")
  private boolean json;

  private record Summary(String study, String runs, List<RunRecord> records) {}

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all();
  }

  @Override
  public Integer call() throws IOException {
    Study read = StudyFile.read(file);
    Study based =
        read.withBase(
            read.base()
                .plus(ConfigOptions.given(spec.commandLine().getParseResult(), configKeys())));
    Study study =
        seed.isPresent() ? based.withSeeds(List.of(new RunSeeds(seed.get(), seed.get()))) : based;
    PretrainedModels models = new PretrainedModels();
    StudyRunner.Outcome outcome =
        new StudyExecution(
                RunPlan.of(study, models),
                runs,
                data.folder(),
                models,
                CommandText.of(spec.commandLine().getParseResult()),
                spec.commandLine().getErr())
            .execute(new RunBudget(maxRuns, maxMinutes));
    Path folder = runs.resolve(study.name());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(
          new StrictJson().write(new Summary(study.name(), folder.toString(), outcome.records())));
    } else {
      out.printf(
          Locale.ROOT,
          "%d runs in %s (%d done before)%n",
          outcome.records().size(),
          folder,
          outcome.skipped());
    }
    out.flush();
    return outcome.crashed() > 0 ? ErrorLines.FAILED : 0;
  }
}
