package albert.reports.output;

import static java.util.stream.Collectors.joining;

import albert.reports.benchmark.BenchComparison;
import albert.reports.benchmark.BenchPoint;
import albert.reports.figure.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sweep or a suite leaves beside {@code bench.jsonl}: {@code bench.md} with its tables,
 * {@code bench.csv} with all digits, and {@code figures/*.svg}.
 *
 * @param compared the points, the first of them the centre of a sweep, and what they are compared
 *     with: nothing, where that has no points
 */
public record BenchReport(BenchComparison compared) {
  public BenchReport {
    if (compared.own().isEmpty()) {
      throw new IllegalArgumentException("there are 0 points, allowed are 1 and more");
    }
  }

  /**
   * Writes all files.
   *
   * @param notes what the reader must know besides
   * @return the page
   * @throws IOException with a message of one line that names the file
   */
  public Path write(Path folder, List<String> notes) throws IOException {
    ReportWriter.write(
        folder.resolve("bench.csv"), Csv.write(Csv.sheet(new BenchTables(compared).all())));
    for (Figure figure : figures()) {
      ReportWriter.write(
          folder.resolve("figures").resolve(figure.name() + ".svg"), figure.standAlone());
    }
    Path page = folder.resolve("bench.md");
    ReportWriter.write(page, page(notes));
    return page;
  }

  /** Time and memory over each axis on which the points grow. */
  public List<Figure> figures() {
    return BenchFigures.of(compared);
  }

  /** The tables as Markdown, each under its heading. */
  public String tables() {
    return new BenchTables(compared)
        .shown().stream()
            .map(sheet -> "### " + sheet.title() + "\n\n" + Markdown.table(sheet))
            .collect(joining("\n"));
  }

  /** What was measured, on what, by whom; of the other file too. */
  public String caption() {
    BenchPoint first = compared.own().get(0);
    boolean isSweep = !BenchTables.axes(compared.own()).isEmpty();
    String what = isSweep ? "around " + first.setting().words() : "on " + first.setting().device();
    String own = what + "; " + first.machine() + "; " + first.program();
    String other =
        compared.other().isEmpty()
            ? ""
            : "; other: " + compared.otherProgram() + " on " + compared.otherMachine();
    return Markdown.escape(own + other + ".");
  }

  private String page(List<String> notes) {
    List<String> blocks = new ArrayList<>();
    blocks.add("# Benchmark");
    blocks.add("Each point in a process of its own: " + caption());
    notes.forEach(note -> blocks.add("- " + Markdown.escape(note)));
    blocks.add(tables().stripTrailing());
    figures().forEach(figure -> blocks.add(Markdown.figure(figure)));
    return String.join("\n\n", blocks) + "\n";
  }
}
