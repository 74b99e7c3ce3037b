package albert.datasets.table;

import albert.datasets.JsonLine;
import albert.datasets.JsonLines;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON lines: every line is an object, whose keys are the columns. */
final class JsonLinesFile implements TableFile {
  private static final String LINE = "an object with a key for each column";

  private final JsonLines lines;

  JsonLinesFile(Path file) throws IOException {
    this.lines = JsonLines.open(file);
  }

  @Override
  public @Nullable TableRow next() {
    try {
      JsonLine line = lines.next(LINE);
      return line == null ? null : new Row(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A row of this file.
   *
   * @param json its line
   */
  private record Row(JsonLine json) implements TableRow {
    @Override
    public long line() {
      return json.number();
    }

    @Override
    public long namesLine() {
      return line();
    }

    @Override
    public List<String> columns() {
      List<String> names = new ArrayList<>();
      json.object().fieldNames().forEachRemaining(names::add);
      return names;
    }

    @Override
    public String text(String column) {
      JsonNode value = json.object().path(column);
      if (!value.isTextual()) {
        throw json.problem(String.format(Locale.ROOT, "'%s' is not a string", column));
      }
      return value.textValue();
    }

    @Override
    public List<String> values(String column) {
      JsonNode value = json.object().path(column);
      List<String> values = new ArrayList<>();
      for (JsonNode one : value.isArray() ? value : List.of(value)) {
        if (!one.isValueNode()) {
          throw json.problem(
              String.format(Locale.ROOT, "'%s' is neither a value nor a list of values", column));
        }
        if (!one.isNull()) {
          values.add(written(one));
        }
      }
      return values;
    }

    /** Numbers however they are written: 0.5 and 0.50 are one label. */
    private static String written(JsonNode value) {
      return value.isNumber() && !value.isIntegralNumber()
          ? Double.toString(value.doubleValue())
          : value.asText();
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
