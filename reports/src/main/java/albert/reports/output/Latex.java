package albert.reports.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tables for a paper: {@code \\input} the file as it is, in any engine. It needs no package; with
 * {@code booktabs} the rules are finer, and a table that is too wide is scaled with {@code
 * graphicx}. It fits the text width of the article class.
 */
final class Latex {
  /** Rules and scaling of the packages, and what stands in for them without. */
  private static final String FALLBACKS =
      """
      % \\usepackage{booktabs} for finer rules, \\usepackage{graphicx} to scale wide tables
      \\providecommand{\\toprule}{\\hline}
      \\providecommand{\\midrule}{\\hline}
      \\providecommand{\\bottomrule}{\\hline}
      \\providecommand{\\resizebox}[3]{#3}
      """
          + LatexText.ANY_CHARACTER;

  private static final String DASH = "–";

  private Latex() {}

  /**
   * A whole table environment with the label {@code tab:NAME}; the notes stand under the table.
   *
   * @param caption a text: what is shown, how many seeds, which test, which correction
   */
  static String table(Sheet sheet, String caption) {
    boolean units = sheet.headers().stream().anyMatch(header -> !header.unit().isEmpty());
    List<List<String>> plain = new ArrayList<>();
    plain.add(sheet.headers().stream().map(ReportGrid.Header::heading).toList());
    plain.add(sheet.headers().stream().map(ReportGrid.Header::unit).toList());
    sheet.rows().forEach(row -> plain.add(row.stream().map(Latex::plain).toList()));
    LatexColumns columns = LatexColumns.of(plain);
    List<String> alignments = alignments(sheet, columns);
    StringBuilder out = new StringBuilder(FALLBACKS);
    begin(out, sheet, caption, columns);
    row(out, plain.get(0).stream().map(LatexText::escape), alignments);
    if (units) {
      row(out, plain.get(1).stream().map(LatexText::escape), alignments);
    }
    out.append("\\midrule\n");
    for (List<Cell> row : sheet.rows()) {
      row(out, row.stream().map(Latex::cell), alignments);
    }
    out.append("\\bottomrule\n\\end{tabular}").append(columns.scaled() ? "}\n" : "\n");
    notes(out, sheet.notes());
    return out.append("\\end{table}\n").toString();
  }

  private static void begin(StringBuilder out, Sheet sheet, String caption, LatexColumns columns) {
    out.append("\\begin{table}[htbp]\n\\centering")
        .append(columns.size())
        .append("\n\\caption{")
        .append(LatexText.escape(caption))
        .append("}\n\\label{tab:")
        .append(sheet.name().replaceAll("[^a-zA-Z0-9-]+", "-"))
        .append("}\n\\setlength{\\tabcolsep}{")
        .append(columns.gap())
        .append("pt}\n")
        .append(columns.scaled() ? "\\resizebox{\\textwidth}{!}{%\n" : "")
        .append("\\begin{tabular}{")
        .append(columns.specification(sheet.headers().stream().map(sheet::isOfWords).toList()))
        .append("}\n\\toprule\n");
  }

  /**
   * Texts begin at the left, figures end at the right; narrow columns of either kind are broken.
   */
  private static List<String> alignments(Sheet sheet, LatexColumns columns) {
    List<String> alignments = new ArrayList<>();
    for (ReportGrid.Header header : sheet.headers()) {
      boolean words = alignments.isEmpty() || sheet.isOfWords(header);
      String command = words ? "\\raggedright " : "\\raggedleft ";
      alignments.add(columns.widths().isEmpty() ? "" : command);
    }
    return alignments;
  }

  /** Ends with \tabularnewline, since \raggedright gives \\ another meaning. */
  private static void row(StringBuilder out, Stream<String> cells, List<String> alignments) {
    List<String> texts = cells.toList();
    for (int i = 0; i < texts.size(); i++) {
      out.append(i == 0 ? "" : " & ").append(alignments.get(i)).append(texts.get(i));
    }
    out.append(" \\tabularnewline\n");
  }

  private static void notes(StringBuilder out, List<String> notes) {
    if (!notes.isEmpty()) {
      out.append("\\par\\smallskip\n\\parbox{\\textwidth}{\\footnotesize\\raggedright\n");
      notes.forEach(note -> out.append(LatexText.escape(note)).append("\\par\n"));
      out.append("}\n");
    }
  }

  private static String cell(Cell cell) {
    String text = LatexText.escape(plain(cell));
    return cell.tone() == Cell.Tone.STRONG ? "\\textbf{" + text + "}" : text;
  }

  private static String plain(Cell cell) {
    if (cell.isEmpty()) {
      return DASH;
    }
    if (cell.detail().isEmpty()) {
      return cell.text();
    }
    boolean deviation = cell.detail().startsWith("±");
    return cell.text() + (deviation ? " " + cell.detail() : " (" + cell.detail() + ")");
  }
}
