package albert.experiments.cli;

import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.reports.benchmark.JmhFile;
import albert.reports.benchmark.JmhResult;
import albert.reports.summary.ReportModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code albert report}: the page, tables and figures of studies that have run. */
@Command(
    name = "report",
    description =
        "Writes report.html (one self-contained file), report.md, tables and figures of a study;"
            + " of several, each into a folder of its own.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert report runs/quickstart --output reports-out/quickstart"})
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "Folders of studies (runs/STUDY), or of all runs (runs).")
  private List<Path> folders = List.of();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the report.")
  private Path output;

  @Option(
      names = "--records",
      paramLabel = "FILE.jsonl",
      description =
          "Also write the records of the runs to a file, and beside it their study: for results"
              + " that are kept under version control.")
  private Optional<Path> records = Optional.empty();

  @Option(
      names = "--jmh",
      paramLabel = "FILE",
      description =
          "Add the benchmarks in a result file of JMH (-rf json, or ./albert bench --jmh"
              + " --json-output FILE); may be given several times.")
  private List<Path> jmhFiles = List.of();

  @Option(names = "--json", description = "Print one JSON object: the page of each study.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Map<Path, ReportModel> studies = new LinkedHashMap<>();
    for (Path folder : folders) {
      for (Path study : studiesIn(folder)) {
        studies.put(study, StudyReport.read(study, spec.commandLine().getErr()));
      }
    }
    List<JmhResult> benchmarks = benchmarks();
    Map<String, String> pages = new LinkedHashMap<>();
    for (Map.Entry<Path, ReportModel> study : studies.entrySet()) {
      Path own =
          studies.size() == 1
              ? output
              : output.resolve(String.valueOf(study.getKey().getFileName()));
      pages.put(
          study.getValue().study().study(),
          StudyReport.write(study.getValue(), benchmarks, own).toString());
    }
    if (records.isPresent()) {
      writeRecords(List.copyOf(studies.keySet()), records.get());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new StrictJson().write(pages));
    } else {
      pages.values().forEach(out::println);
    }
    out.flush();
    return 0;
  }

  private List<JmhResult> benchmarks() throws IOException {
    List<JmhResult> benchmarks = new ArrayList<>();
    for (Path file : jmhFiles) {
      try {
        benchmarks.addAll(JmhFile.read(file));
      } catch (RecordFormatException e) {
        throw new InputException("--jmh " + e.getMessage());
      } catch (IOException e) {
        throw new InputException("--jmh " + InputException.words(e));
      }
    }
    return benchmarks;
  }

  private void writeRecords(List<Path> studies, Path file) throws IOException {
    if (studies.size() != 1 || !file.toString().endsWith(".jsonl")) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--records %s of %d studies, allowed is a name that ends in .jsonl, and one study",
              file,
              studies.size()));
    }
    StudyReport.published(studies.get(0), spec.commandLine().getErr()).write(file);
  }

  /** The folder itself if runs lie in it, else those of its folders in which runs lie. */
  private static List<Path> studiesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + (Files.exists(folder) ? " is not a folder" : " does not exist"));
    }
    if (holdsRuns(folder)) {
      return List.of(folder);
    }
    List<Path> studies = new ArrayList<>();
    for (Path child : children(folder)) {
      if (holdsRuns(child)) {
        studies.add(child);
      }
    }
    if (studies.isEmpty()) {
      throw new InputException("there are no runs in " + folder);
    }
    return studies;
  }

  private static boolean holdsRuns(Path folder) throws IOException {
    return Files.isDirectory(folder)
        && children(folder).stream().anyMatch(run -> Files.exists(run.resolve("run.json")));
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
