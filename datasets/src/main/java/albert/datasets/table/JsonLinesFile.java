package albert.datasets.table;

import albert.datasets.DataFormatException;
import albert.datasets.TextLines;
import albert.evaluation.record.JsonProblem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON lines: every line is an object, whose keys are the columns. */
final class JsonLinesFile implements TableFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final TextLines lines;
  private long line;

  /**
   * @param lines of the file, closed with this
   */
  JsonLinesFile(Path file, TextLines lines) {
    this.file = file;
    this.lines = lines;
  }

  @Override
  public @Nullable TableRow next() {
    try {
      String text = lines.next();
      if (text == null) {
        return null;
      }
      line++;
      if (text.isBlank()) {
        throw problem(line, "it is empty, needed on every line is a JSON object");
      }
      JsonNode object = MAPPER.readTree(text);
      if (!object.isObject()) {
        throw problem(line, "it is no JSON object");
      }
      return new Row(line, object);
    } catch (JsonProcessingException e) {
      throw problem(line, "it is not JSON: " + JsonProblem.words(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataFormatException problem(long at, String what) {
    return new DataFormatException(file.toString(), at, what);
  }

  /** A row of this file. */
  private final class Row implements TableRow {
    private final long at;
    private final JsonNode object;

    Row(long at, JsonNode object) {
      this.at = at;
      this.object = object;
    }

    @Override
    public long line() {
      return at;
    }

    @Override
    public List<String> columns() {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      return names;
    }

    @Override
    public String text(String column) {
      JsonNode value = object.path(column);
      if (!value.isTextual()) {
        throw problem(at, String.format(Locale.ROOT, "'%s' is not a string", column));
      }
      return value.textValue();
    }

    @Override
    public List<String> values(String column) {
      JsonNode value = object.path(column);
      List<String> values = new ArrayList<>();
      for (JsonNode one : value.isArray() ? value : List.of(value)) {
        if (!one.isValueNode()) {
          throw problem(
              at,
              String.format(Locale.ROOT, "'%s' is neither a value nor a list of values", column));
        }
        if (!one.isNull()) {
          values.add(one.asText());
        }
      }
      return values;
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
