package albert.datasets.table;

import albert.datasets.DataFormatException;
import albert.datasets.TextLines;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A file of separated values with a header, quoted as RFC 4180 says: a field in quotation marks may
 * hold the separator, line breaks and doubled quotation marks. Lines may end in LF or CRLF, and so
 * a line break in a field is read as LF. A first line such as {@code sep=;}, which spreadsheets
 * write, names the separator. Empty lines are passed over.
 */
final class SeparatedFile implements TableFile {
  private static final String SEPARATOR_LINE = "sep=";
  private static final int SHOWN = 80;

  private final Path file;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final long linesBefore;
  private final Map<String, Integer> header;
  private final long headerLine;
  private final int width;

  SeparatedFile(Path file, char usual) throws IOException {
    this.file = file;
    StringBuilder text = new StringBuilder();
    char separator = usual;
    long before = 0;
    try (TextLines lines = TextLines.open(file)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (text.isEmpty() && before == 0 && names(line)) {
          separator = line.charAt(SEPARATOR_LINE.length());
          before = 1;
        } else {
          text.append(line).append('\n');
        }
      }
    }
    linesBefore = before;
    parser =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(separator)
            .get()
            .parse(new StringReader(text.toString()));
    records = parser.iterator();
    Row first = read();
    if (first == null) {
      throw new DataFormatException(file.toString(), "it is empty, expected a header and rows");
    }
    header = header(first);
    headerLine = first.line;
    width = first.cells.size();
  }

  private static boolean names(String line) {
    return line.startsWith(SEPARATOR_LINE)
        && line.length() == SEPARATOR_LINE.length() + 1
        && line.charAt(SEPARATOR_LINE.length()) != '"';
  }

  private Map<String, Integer> header(Row first) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (String name : first.cells) {
      if (columns.putIfAbsent(name, columns.size()) != null) {
        throw new DataFormatException(
            file.toString(),
            first.line,
            String.format(
                Locale.ROOT, "two columns are called '%s', needed is a name for each", name));
      }
    }
    return columns;
  }

  /** The next record that is not an empty line. */
  private @Nullable Row read() {
    while (true) {
      long line = linesBefore + parser.getCurrentLineNumber() + 1;
      try {
        if (!records.hasNext()) {
          return null;
        }
        List<String> cells = records.next().toList();
        if (cells.size() > 1 || !cells.get(0).isEmpty()) {
          return new Row(line, cells);
        }
      } catch (UncheckedIOException unusedQuotes) {
        throw new DataFormatException(
            file.toString(),
            line,
            "a quotation mark opens a field here that is not closed before a separator or a line's"
                + " end; inside a quoted field a quotation mark is written twice");
      }
    }
  }

  @Override
  public @Nullable TableRow next() {
    Row row = read();
    if (row != null && row.cells.size() != width) {
      String content = String.join(" | ", row.cells).replace('\n', ' ');
      throw new DataFormatException(
          file.toString(),
          row.line,
          String.format(
              Locale.ROOT,
              "%d column%s, the header has %d: %s",
              row.cells.size(),
              row.cells.size() == 1 ? "" : "s",
              width,
              content.length() <= SHOWN ? content : content.substring(0, SHOWN) + "…"));
    }
    return row;
  }

  /** A row of this file. */
  private final class Row implements TableRow {
    private final long line;
    private final List<String> cells;

    Row(long line, List<String> cells) {
      this.line = line;
      this.cells = cells;
    }

    @Override
    public long line() {
      return line;
    }

    @Override
    public long namesLine() {
      return headerLine;
    }

    @Override
    public Set<String> columns() {
      return header.keySet();
    }

    @Override
    public String text(String column) {
      return cells.get(Objects.requireNonNull(header.get(column)));
    }

    @Override
    public List<String> values(String column) {
      return List.of(text(column));
    }
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
