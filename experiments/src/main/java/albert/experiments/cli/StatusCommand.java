package albert.experiments.cli;

import albert.evaluation.record.RunProgress;
import albert.evaluation.record.Score;
import albert.evaluation.record.StageProgress;
import albert.evaluation.record.StrictJson;
import albert.evaluation.record.StudyFolder;
import albert.experiments.InputException;
import albert.experiments.cli.terminal.TerminalWidth;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code albert status}: how far studies are, whoever runs them. */
@Command(
    name = "status",
    description =
        "Shows the progress of studies: runs done, running, broken off and to do. It only reads;"
            + " other processes may be running them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert status runs --watch"})
final class StatusCommand implements Callable<Integer> {

  private static final int REFRESH_SECONDS = 2;
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "runs",
      description = "Folder of the runs, or of one study (runs/STUDY) [${DEFAULT-VALUE}].")
  private Path folder;

  @Option(names = "--watch", description = "Refresh every two seconds until nothing is left to do.")
  private boolean watch;

  @Option(
      names = "--json",
      description =
          "Print one JSON object: for each study, a row for each run, with stage and scores.")
  private boolean json;

  /** A run in the words of {@code --json}. */
  private record Row(
      String runId,
      String label,
      long initSeed,
      long dataSeed,
      String state,
      long step,
      long steps,
      @Nullable StageRow stage,
      List<Score> scores) {

    static Row of(RunProgress run) {
      return new Row(
          run.entry().runId(),
          run.entry().label(),
          run.entry().initSeed(),
          run.entry().dataSeed(),
          run.state().words(),
          run.step(),
          run.entry().steps(),
          run.stage() == null ? null : StageRow.of(run.stage()),
          run.record() == null ? List.of() : run.record().scores());
    }
  }

  /** The stage that a run is in, with the seconds that are left; null where unknown. */
  private record StageRow(
      String name,
      String unit,
      long done,
      long all,
      @Nullable Double stageSeconds,
      @Nullable Double runSeconds,
      @Nullable Double studySeconds) {

    static StageRow of(StageProgress stage) {
      return new StageRow(
          stage.stage().words(),
          stage.stage().unit(),
          stage.done(),
          stage.all(),
          stage.stageSeconds(),
          stage.runSeconds(),
          stage.studySeconds());
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    SortedMap<String, List<RunProgress>> studies = read();
    if (json) {
      SortedMap<String, List<Row>> rows = new TreeMap<>();
      studies.forEach((name, runs) -> rows.put(name, runs.stream().map(Row::of).toList()));
      out.print(new StrictJson().write(rows));
      out.flush();
      return 0;
    }
    print(studies, out);
    while (watch && studies.values().stream().flatMap(List::stream).anyMatch(r -> !r.isOver())) {
      TimeUnit.SECONDS.sleep(REFRESH_SECONDS);
      studies = read();
      out.print(CLEAR_SCREEN);
      print(studies, out);
    }
    return 0;
  }

  private static void print(SortedMap<String, List<RunProgress>> studies, PrintWriter out) {
    TerminalWidth.print(
        out, table -> studies.forEach((name, runs) -> StatusTable.print(name, runs, table)));
  }

  private SortedMap<String, List<RunProgress>> read() throws IOException {
    Path whole = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(whole)) {
      throw new InputException(folder + " is not a folder of runs");
    }
    SortedMap<String, List<RunProgress>> studies = new TreeMap<>();
    for (Path study : studies(whole)) {
      List<RunProgress> runs =
          RunProgress.of(new StudyFolder(study)).stream()
              .map(run -> run.asOf(Instant.now()))
              .toList();
      if (!runs.isEmpty()) {
        studies.put(name(study), runs);
      }
    }
    if (studies.isEmpty()) {
      throw new InputException("there are no runs in " + folder);
    }
    return studies;
  }

  /** The folder itself if it is a study's, else the folders in it. */
  private static List<Path> studies(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      children.filter(Files::isDirectory).sorted().forEach(folders::add);
    }
    boolean isStudy = Files.exists(folder.resolve("study.json")) || StudyFolders.holdsRuns(folder);
    return isStudy ? List.of(folder) : folders;
  }

  private static String name(Path study) {
    return String.valueOf(study.getFileName());
  }
}
