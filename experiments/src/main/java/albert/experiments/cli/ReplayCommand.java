package albert.experiments.cli;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.StrictJson;
import albert.experiments.Folders;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.replay.Replay;
import albert.experiments.run.RunEnvironment;
import albert.experiments.stage.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code albert replay}: does a run or a pretraining again and compares. */
@Command(
    name = "replay",
    description =
        "Repeats a run or a pretraining with its recorded configuration, seeds, threads and"
            + " precision. Says that it is equal bit for bit, or names the first step, tensor or"
            + " prediction that differs. Exit status 0 if equal, 1 if not.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert replay runs/quickstart/0a1b2c3d4e5f"})
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Folder of the run or of the pretraining.")
  private Path folder;

  @Mixin private DataOption data;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Keep the repeated run, with its last and best weights, in this folder, which must be"
              + " new or empty [it is deleted].")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--json",
      description = "Print one JSON object: equal, difference, compared, not_compared, warnings.")
  private boolean json;

  private record Summary(
      String run,
      boolean equal,
      @Nullable String difference,
      List<String> compared,
      List<String> notCompared,
      List<String> warnings) {}

  @Override
  public Integer call() throws IOException {
    RunRecord record = Replay.recorded(folder);
    List<String> warnings =
        Replay.warnings(record.provenance(), Version.commit(), StudyExecution.software());
    warnings.forEach(line -> spec.commandLine().getErr().println("albert: " + line));
    Path scratch = output.isPresent() ? output.get() : Files.createTempDirectory("albert-replay");
    try {
      Replay.Outcome outcome = repeat(record, scratch);
      print(outcome, warnings);
      return outcome.equal() ? 0 : ErrorLines.FAILED;
    } finally {
      if (output.isEmpty()) {
        Folders.delete(scratch);
      }
    }
  }

  @SuppressWarnings("try") // the interruption listens by being there
  private Replay.Outcome repeat(RunRecord record, Path scratch) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    StopSignal stop = new StopSignal();
    try (Interruption listening = new Interruption(stop, err, "interrupted; nothing is kept");
        ConsoleProgress progress = new ConsoleProgress(err)) {
      return new Replay(settings(scratch), folder, scratch)
          .execute(record, progress, stop, Clock.systemUTC());
    }
  }

  private RunEnvironment settings(Path scratch) {
    return StudyExecution.settings(
        new RunStore(scratch),
        data.folder(),
        new PretrainedModels(),
        CommandText.of(spec.commandLine().getParseResult()));
  }

  private void print(Replay.Outcome outcome, List<String> warnings) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(
          new StrictJson()
              .write(
                  new Summary(
                      folder.toString(),
                      outcome.equal(),
                      outcome.difference(),
                      outcome.compared(),
                      outcome.notCompared(),
                      warnings)));
    } else if (outcome.equal()) {
      out.println("equal bit for bit: " + String.join(", ", outcome.compared()));
    } else {
      out.println("different: " + outcome.difference());
    }
    if (!json && !outcome.notCompared().isEmpty()) {
      out.println(
          "not compared, as the run did not keep them: "
              + String.join(", ", outcome.notCompared()));
    }
    out.flush();
  }
}
