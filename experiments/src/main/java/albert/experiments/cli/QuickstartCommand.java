package albert.experiments.cli;

import albert.evaluation.record.StrictJson;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.clean.Removable;
import albert.experiments.clean.StudyCleaning;
import albert.experiments.cli.terminal.FileLink;
import albert.experiments.config.Keep;
import albert.experiments.study.RunBudget;
import albert.experiments.study.RunPlan;
import albert.experiments.study.StudyFile;
import albert.experiments.study.StudyRunner;
import albert.reports.output.Markdown;
import albert.reports.output.ReportGrid;
import albert.reports.output.ReportWriter;
import albert.reports.summary.ReportModel;
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
import picocli.CommandLine.Spec;

/** {@code albert quickstart}: a small real study and its report. */
@Command(
    name = "quickstart",
    description =
        "Makes factorised and shared models of the pretrained MiniLM that Maven brings, trains"
            + " each of them and MiniLM itself on WordNet's glosses with two seeds, and writes a"
            + " report. This takes some minutes. The second time, it only makes the report.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert quickstart"})
final class QuickstartCommand implements Callable<Integer> {

  /** The launcher names the suite's folder. */
  private static final Path STUDY =
      Path.of(System.getProperty("albert.home", ".."), "experiments/studies/quickstart.yaml");

  @Spec private CommandSpec spec;

  @Mixin private DataOption data;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Folder of the runs [${DEFAULT-VALUE}].")
  private Path runs;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Folder for the report [report in the study's folder].")
  private Optional<Path> output = Optional.empty();

  @Mixin private OpenOption open;

  @Option(names = "--json", description = "Print one JSON object: runs and report.")
  private boolean json;

  private record Summary(String runs, String report, long failed) {}

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    OutputPath.requireFolder("--runs", runs);
    output.ifPresent(folder -> OutputPath.requireFolder("--output", folder));
    PretrainedModels models = new PretrainedModels();
    RunPlan plan = RunPlan.of(StudyFile.read(STUDY), models);
    StudyRunner.Outcome outcome =
        new StudyExecution(
                plan,
                runs,
                data.folder(),
                models,
                CommandText.of(spec.commandLine().getParseResult()),
                err)
            .execute(RunBudget.ALL);
    Path folder = runs.resolve(plan.study().name());
    freeStarts(folder);
    StudyReport study = StudyReport.read(folder, err);
    ReportModel model = study.model();
    Path page =
        ReportWriter.write(model, List.of(), output.orElse(study.ownOutput())).toAbsolutePath();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(
          new StrictJson()
              .write(
                  new Summary(
                      folder.toString(), page.toString(), outcome.crashed() + outcome.diverged())));
    } else {
      out.print(Markdown.table(ReportGrid.of(model)));
      out.printf(
          Locale.ROOT, "%n%s%n%nreport: %s%n", String.join(" ", model.answer()), FileLink.of(page));
    }
    out.flush();
    open.show(page, err);
    return outcome.crashed() > 0 ? ErrorLines.FAILED : 0;
  }

  /** What its runs started from: no seeds will be added to it. */
  private static void freeStarts(Path folder) throws IOException {
    for (Removable one : new StudyCleaning(folder, Optional.of(Keep.NONE)).find().removable()) {
      if (one.kind() == Removable.Kind.START) {
        one.free();
      }
    }
  }
}
