package albert.reports.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of a report besides the one of variants.
 *
 * @param name file name without ending
 * @param title what it holds
 * @param headers the columns
 * @param rows cells, one a column; the first column names the row
 * @param notes what explains it, a paragraph each
 */
public record Sheet(
    String name,
    String title,
    List<ReportGrid.Header> headers,
    List<List<Cell>> rows,
    List<String> notes) {
  public Sheet {
    headers = List.copyOf(headers);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Whether a column holds texts. */
  public boolean isOfWords(ReportGrid.Header header) {
    int column = headers.indexOf(header);
    return rows.stream().allMatch(row -> row.get(column).order() == null);
  }

  /** A column without a unit. */
  static ReportGrid.Header header(String heading) {
    return new ReportGrid.Header(heading, "");
  }

  /** A text. */
  static Cell text(String column, String text) {
    return new Cell(text, "", Cell.Tone.PLAIN, null, raw(column, text));
  }

  /** A figure, and what belongs to it. */
  static Cell figure(String column, @Nullable Double value, String text, String detail) {
    return new Cell(text, detail, Cell.Tone.PLAIN, value, raw(column, value));
  }

  private static Map<String, @Nullable Object> raw(String column, @Nullable Object value) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put(column, value);
    return raw;
  }
}
