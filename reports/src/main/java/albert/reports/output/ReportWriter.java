package albert.reports.output;

import albert.evaluation.record.AtomicFiles;
import albert.reports.benchmark.JmhResult;
import albert.reports.figure.Figure;
import albert.reports.summary.ReportModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import tech.tablesaw.api.Table;

/**
 * Writes a report: {@code report.html}, {@code report.md}, {@code figures/*.svg} and {@code
 * figures/*.pdf}, and {@code tables/}: {@code variants} and each further {@link Section} as CSV and
 * LaTeX, {@code runs.csv}, and where two keys are varied {@code METRIC-by-KEY-and-KEY.csv}. Each
 * file is whole or absent; the page comes last, so that where it is, all is.
 */
public final class ReportWriter {
  /** Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm. */
  private static final Pattern DIRECTIONS =
      Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  private ReportWriter() {}

  /**
   * Writes all files.
   *
   * @param benchmarks measured beside the runs
   * @param outputDir made if it is missing
   * @return the page
   * @throws IOException with a message of one line that names the file
   */
  public static Path write(ReportModel model, List<JmhResult> benchmarks, Path outputDir)
      throws IOException {
    return write(model, benchmarks, ReportColumn.OF_A_PAGE, outputDir);
  }

  /**
   * Writes all files.
   *
   * @param benchmarks measured beside the runs
   * @param columns of the table of variants on the page and in Markdown; CSV has all
   * @param outputDir made if it is missing
   * @return the page
   * @throws IOException with a message of one line that names the file
   */
  public static Path write(
      ReportModel model, List<JmhResult> benchmarks, List<ReportColumn> columns, Path outputDir)
      throws IOException {
    List<Figure> figures = Charts.of(model);
    List<Section> sections = Section.of(model, benchmarks);
    Path tables = outputDir.resolve("tables");
    write(tables.resolve("variants.csv"), Csv.write(Csv.variants(model)));
    write(tables.resolve("runs.csv"), Csv.write(model.runTable()));
    for (Table table : Csv.byTwoKeys(model)) {
      write(tables.resolve(table.name() + ".csv"), Csv.write(table));
    }
    write(tables.resolve("variants.tex"), PaperTable.latex(model));
    for (Section section : sections) {
      Sheet sheet = section.sheet();
      write(tables.resolve(sheet.name() + ".csv"), Csv.write(Csv.sheet(sheet)));
      write(tables.resolve(sheet.name() + ".tex"), Latex.table(sheet, caption(model, sheet)));
    }
    for (Figure figure : figures) {
      Path folder = outputDir.resolve("figures");
      write(folder.resolve(figure.name() + ".svg"), figure.standAlone());
      byte[] pdf = figure.pdf();
      AtomicFiles.write(folder.resolve(figure.name() + ".pdf"), out -> out.write(pdf));
    }
    write(outputDir.resolve("report.md"), Markdown.report(model, columns, sections, figures));
    Path page = outputDir.resolve("report.html");
    write(page, ReportPage.of(model, columns, sections, figures).render());
    return page;
  }

  /** The title; of the comparisons with the test, on how many seeds, and the correction. */
  private static String caption(ReportModel model, Sheet sheet) {
    String title = sheet.title() + (sheet.title().endsWith("?") ? "" : ".");
    return sheet.name().equals("comparisons")
        ? title + model.test().map(test -> " " + test).orElse("")
        : title;
  }

  /**
   * Writes a text, in which no character turns the direction of what follows: a name must not be
   * able to turn the line that it stands in.
   */
  static void write(Path file, String text) throws IOException {
    AtomicFiles.writeText(file, DIRECTIONS.matcher(text).replaceAll("\uFFFD"));
  }
}
