package albert.reports.output;

import albert.reports.summary.ReportModel;
import java.util.List;
import java.util.stream.Stream;

/** The table for a paper; the preamble needs {@code \\usepackage{booktabs}}. */
final class Latex {
  private Latex() {}

  static String table(ReportModel model) {
    ReportGrid grid = ReportGrid.full(model);
    StringBuilder out = begin("r", grid.headers().size());
    row(out, "variant", grid.headers().stream().map(ReportGrid.Header::heading).toList());
    row(out, "", grid.headers().stream().map(ReportGrid.Header::unit).toList());
    out.append("\\midrule\n");
    for (ReportGrid.Row row : grid.rows()) {
      row(out, row.of().name(), row.cells().stream().map(Latex::cell).toList());
    }
    return end(out);
  }

  static String table(Sheet sheet) {
    List<ReportGrid.Header> headers = sheet.headers();
    StringBuilder out = begin("l", headers.size() - 1);
    row(out, headers.get(0).heading(), rest(headers).map(ReportGrid.Header::heading).toList());
    row(out, headers.get(0).unit(), rest(headers).map(ReportGrid.Header::unit).toList());
    out.append("\\midrule\n");
    for (List<Cell> row : sheet.rows()) {
      row(out, cell(row.get(0)), rest(row).map(Latex::cell).toList());
    }
    return end(out);
  }

  private static <T> Stream<T> rest(List<T> list) {
    return list.stream().skip(1);
  }

  private static StringBuilder begin(String alignment, int columns) {
    return new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{tabular}{l")
        .append(alignment.repeat(columns))
        .append("}\n\\toprule\n");
  }

  private static String end(StringBuilder out) {
    return out.append("\\bottomrule\n\\end{tabular}\n").toString();
  }

  private static void row(StringBuilder out, String first, List<String> others) {
    out.append(escape(first));
    others.forEach(other -> out.append(" & ").append(escape(other)));
    out.append(" \\\\\n");
  }

  private static String cell(Cell cell) {
    if (cell.isEmpty()) {
      return "–";
    }
    if (cell.detail().isEmpty()) {
      return cell.text();
    }
    return cell.text()
        + (cell.detail().startsWith("±") ? " " + cell.detail() : " (" + cell.detail() + ")");
  }

  /** A text that LaTeX sets as it is. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').appendCodePoint(c);
                case '\\' -> out.append("\\textbackslash{}");
                case '~' -> out.append("\\textasciitilde{}");
                case '^' -> out.append("\\textasciicircum{}");
                case '<' -> out.append("\\textless{}");
                case '>' -> out.append("\\textgreater{}");
                case '|' -> out.append("\\textbar{}");
                case '"' -> out.append("\\textquotedbl{}");
                case '−' -> out.append("$-$");
                case '±' -> out.append("$\\pm$");
                case 'Δ' -> out.append("$\\Delta$");
                case '–' -> out.append("--");
                case '≠' -> out.append("$\\neq$");
                case '⚠' -> out.append("(!)");
                case '×' -> out.append("$\\times$");
                case '√' -> out.append("$\\surd$");
                default -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
              }
            });
    return out.toString();
  }
}
