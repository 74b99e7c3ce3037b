package albert.reports.output;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.StrictJson;
import albert.reports.summary.Fact;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Results that are kept under version control and that the README's table is made of: {@code
 * NAME.jsonl} with a run record a line, and beside it {@code NAME.study.json} with the study.
 *
 * @param study the study
 * @param runs its runs
 */
public record PublishedResults(StudyDescription study, List<RunRecord> runs) {
  private static final String RUNS = ".jsonl";
  private static final String STUDY = ".study.json";

  public PublishedResults {
    runs = List.copyOf(runs);
  }

  /**
   * Reads results.
   *
   * @param file {@code NAME.jsonl}
   * @throws albert.evaluation.record.RecordFormatException if a line is no run record
   */
  public static PublishedResults read(Path file) throws IOException {
    StrictJson json = new StrictJson();
    List<RunRecord> runs = new ArrayList<>();
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      runs.add(json.parse(file, i + 1, lines.get(i), RunRecord.class));
    }
    return new PublishedResults(json.read(studyFile(file), StudyDescription.class), runs);
  }

  /**
   * Writes results.
   *
   * @param file {@code NAME.jsonl}
   */
  public void write(Path file) throws IOException {
    StrictJson json = new StrictJson();
    AtomicFiles.writeText(studyFile(file), json.write(study));
    AtomicFiles.writeText(
        file, runs.stream().map(run -> json.writeLine(run) + "\n").collect(Collectors.joining()));
  }

  /** The table as Markdown, and under it in a line hardware, time and command. */
  public String markdown() {
    ReportModel model = ReportModel.of(study, runs);
    return Markdown.table(ReportGrid.of(model)) + "\n" + caption(model) + "\n";
  }

  private String caption(ReportModel model) {
    double seconds =
        runs.stream()
            .map(RunRecord::timings)
            .flatMap(t -> Stream.of(t.trainSeconds(), t.evaluationSeconds()))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sum();
    List<String> parts = new ArrayList<>();
    for (String name : List.of("processor", "precision", "commit")) {
      parts.add(
          name
              + " "
              + model.provenance().stream()
                  .filter(fact -> fact.name().equals(name))
                  .map(Fact::value)
                  .collect(Collectors.joining(" and ")));
    }
    parts.add(
        String.format(
            Locale.ROOT,
            "%s in %s min",
            Numbers.plural(runs.size(), "run"),
            Numbers.fixed(seconds / 60, 1)));
    parts.add("command " + study.command());
    return Markdown.escape(String.join("; ", parts) + ".");
  }

  private static Path studyFile(Path file) {
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(RUNS)) {
      throw new IllegalArgumentException(file + " does not end in " + RUNS);
    }
    return file.resolveSibling(name.substring(0, name.length() - RUNS.length()) + STUDY);
  }
}
