package albert.reports.output;

import albert.reports.figure.Figure;
import albert.reports.summary.Fact;
import albert.reports.summary.ReportModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports and tables as Markdown (CommonMark with GitHub's tables). */
public final class Markdown {
  private static final String SPECIAL = "\\`*[]<>|~#&$";

  private Markdown() {}

  /** The table alone, with a line end after each row. */
  public static String table(ReportGrid grid) {
    StringBuilder out = new StringBuilder("| variant |");
    grid.headers().forEach(header -> out.append(' ').append(escape(header.line())).append(" |"));
    out.append("\n|---|").append("---:|".repeat(grid.headers().size())).append('\n');
    for (ReportGrid.Row row : grid.rows()) {
      out.append("| ").append(escape(row.of().name())).append(" |");
      for (Cell cell : row.cells()) {
        out.append(' ').append(cell(cell)).append(" |");
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** A table of cells. */
  static String table(Sheet sheet) {
    StringBuilder out = new StringBuilder("|");
    sheet.headers().forEach(header -> out.append(' ').append(escape(header.line())).append(" |"));
    out.append("\n|").append("---|".repeat(sheet.headers().size())).append('\n');
    for (List<Cell> row : sheet.rows()) {
      out.append('|');
      row.forEach(cell -> out.append(' ').append(cell(cell)).append(" |"));
      out.append('\n');
    }
    return out.toString();
  }

  /** The report in short: the table, what to beware of, and where the figures come from. */
  static String report(
      ReportModel model, List<ReportColumn> columns, List<Section> sections, List<Figure> figures) {
    List<String> blocks = new ArrayList<>();
    blocks.add("# " + escape(model.study().study()));
    if (!model.study().question().isBlank()) {
      blocks.add(escape(model.study().question()));
    }
    blocks.add("**Answer.** " + escape(String.join(" ", model.answer())));
    figures.stream().limit(1).forEach(figure -> blocks.add(figure(figure)));
    sections.stream().filter(Section::leads).forEach(section -> add(blocks, section));
    List<ReportGrid> grids = ReportGrid.of(model, columns).byTask(model);
    if (grids.size() > 1) {
      blocks.add("## Results");
    }
    for (ReportGrid grid : grids) {
      if (!grid.title().isEmpty()) {
        blocks.add("### " + escape(grid.title()));
      }
      blocks.add(table(grid).stripTrailing());
    }
    blocks.add(escape(Methods.scores()));
    if (!model.warnings().isEmpty()) {
      blocks.add("## Beware");
      blocks.add(bullets(model.warnings()));
    }
    sections.stream().filter(section -> !section.leads()).forEach(s -> add(blocks, s));
    figures.stream().skip(1).forEach(figure -> blocks.add(figure(figure)));
    blocks.add("## Methods");
    Methods.declared(model).forEach(sentence -> blocks.add(escape(sentence)));
    blocks.add(escape(Methods.paragraph(model)));
    blocks.add("## Settings");
    blocks.add(facts(model.settings()));
    blocks.add("## Provenance");
    blocks.add(facts(model.provenance()));
    return String.join("\n\n", blocks) + "\n";
  }

  private static void add(List<String> blocks, Section section) {
    blocks.add("## " + escape(section.sheet().title()));
    section.sentences().forEach(sentence -> blocks.add(escape(sentence)));
    blocks.add(table(section.sheet()).stripTrailing());
    section.sheet().notes().forEach(note -> blocks.add(escape(note)));
  }

  /** A figure of the folder beside. */
  static String figure(Figure figure) {
    String note = figure.note().isEmpty() ? "" : "\n\n" + escape(figure.note());
    return String.format(
        Locale.ROOT, "![%s](figures/%s.svg)%s", escape(figure.title()), figure.name(), note);
  }

  private static String bullets(List<String> sentences) {
    return "- " + String.join("\n- ", sentences.stream().map(Markdown::escape).toList());
  }

  private static String facts(List<Fact> facts) {
    return facts.isEmpty()
        ? "none"
        : bullets(facts.stream().map(fact -> fact.name() + ": " + fact.value()).toList());
  }

  private static String cell(Cell cell) {
    if (cell.isEmpty()) {
      return "–";
    }
    String text = escape(cell.text());
    if (cell.detail().isEmpty()) {
      return text;
    }
    String detail = escape(cell.detail());
    return text + (detail.startsWith("±") ? " " + detail : " (" + detail + ")");
  }

  /**
   * A text as one line that Markdown shows as it is. An underscore inside a word needs no escape,
   * so that names of keys stay readable.
   */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        out.append(' ');
      } else if (SPECIAL.indexOf(c) >= 0
          || (c == '_' && !insideWord(text, i))
          || (c == ':' && text.startsWith("//", i + 1))
          || (i == 0 && "-+=>".indexOf(c) >= 0)) {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean insideWord(String text, int i) {
    return i > 0
        && i + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(i - 1))
        && Character.isLetterOrDigit(text.charAt(i + 1));
  }
}
