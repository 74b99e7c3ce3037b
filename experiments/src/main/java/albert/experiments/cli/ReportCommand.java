package albert.experiments.cli;

import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.cli.terminal.FileLink;
import albert.reports.benchmark.JmhFile;
import albert.reports.benchmark.JmhResult;
import albert.reports.output.ReportColumn;
import albert.reports.output.ReportWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code albert report}: the page, tables and figures of studies that have run. */
@Command(
    name = "report",
    description =
        "Writes report.html (one self-contained file), report.md, tables and figures of a study."
            + " Several studies get a folder each.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert report runs/quickstart"})
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description =
          "Folders of studies (runs/STUDY, or wherever they are now), of single runs, or of all"
              + " runs (runs).")
  private List<Path> folders = List.of();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Folder for the report; with several studies, a folder for each is made in it [report"
              + " in the study's folder].")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--records",
      paramLabel = "FILE.jsonl",
      description =
          "Also write the records of the runs to a file, and their study beside it, for results"
              + " that you keep under version control.")
  private Optional<Path> records = Optional.empty();

  @Option(
      names = "--jmh",
      paramLabel = "FILE",
      description =
          "Add the benchmarks of a JMH result file (-rf json, or ./albert bench --jmh"
              + " --json-output FILE). Repeat it for more files.")
  private List<Path> jmhFiles = List.of();

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      description =
          "Columns of the table of variants, separated by commas, or all: parameters, disk,"
              + " flops, training-speed, inference-speed, peak-memory, latency, all-reduce, score,"
              + " median, group, difference, failures, undefined, runs [those that fit on a page].")
  private Optional<String> columns = Optional.empty();

  @Mixin private OpenOption open;

  @Option(names = "--json", description = "Print one JSON object: the page of each study.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    output.ifPresent(folder -> OutputPath.requireFolder("--output", folder));
    records.ifPresent(file -> OutputPath.requireFile("--records", file));
    List<ReportColumn> chosen = columns.map(ReportCommand::columns).orElse(ReportColumn.OF_A_PAGE);
    List<StudyReport> studies = new ReportedStudies(spec.commandLine().getErr()).in(folders);
    List<JmhResult> benchmarks = benchmarks();
    Map<String, String> pages = new LinkedHashMap<>();
    Map<Path, StudyReport> outputs = outputs(studies);
    outputs.keySet().forEach(folder -> OutputPath.requireFolder("--output", folder));
    for (Map.Entry<Path, StudyReport> study : outputs.entrySet()) {
      Path page = ReportWriter.write(study.getValue().model(), benchmarks, chosen, study.getKey());
      String name = study.getValue().study();
      pages.put(pages.containsKey(name) ? study.getKey().toString() : name, page.toString());
    }
    if (records.isPresent()) {
      writeRecords(studies, records.get());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new StrictJson().write(pages));
    } else {
      pages.values().forEach(page -> out.println(FileLink.of(Path.of(page))));
    }
    out.flush();
    pages.values().forEach(page -> open.show(Path.of(page), spec.commandLine().getErr()));
    return 0;
  }

  private static List<ReportColumn> columns(String names) {
    try {
      return ReportColumn.parse(names);
    } catch (IllegalArgumentException e) {
      throw new InputException("--columns: " + e.getMessage());
    }
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

  /** The studies by the folders that their reports go to. */
  private Map<Path, StudyReport> outputs(List<StudyReport> studies) {
    if (studies.size() == 1) {
      return Map.of(output.orElse(studies.get(0).ownOutput()), studies.get(0));
    }
    Path parent =
        output.orElseThrow(
            () ->
                new InputException(
                    String.format(
                        Locale.ROOT,
                        "--output is missing: the folder of the reports of %d studies",
                        studies.size())));
    Map<Path, StudyReport> outputs = new LinkedHashMap<>();
    for (StudyReport study : studies) {
      String name = String.valueOf(study.folder().toAbsolutePath().normalize().getFileName());
      Path own = parent.resolve(name);
      for (int i = 2; outputs.containsKey(own); i++) {
        own = parent.resolve(name + "-" + i);
      }
      outputs.put(own, study);
    }
    return outputs;
  }

  private static void writeRecords(List<StudyReport> studies, Path file) throws IOException {
    if (studies.size() != 1 || !file.toString().endsWith(".jsonl")) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--records %s of %d studies, allowed is a name that ends in .jsonl, and one study",
              file,
              studies.size()));
    }
    studies.get(0).results().write(file);
  }
}
