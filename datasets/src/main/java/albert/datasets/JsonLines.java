package albert.datasets;

import albert.evaluation.record.JsonProblem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects of a file of JSON lines, read as {@link TextLines} reads it. */
public final class JsonLines implements AutoCloseable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final TextLines lines;
  private long number;

  private JsonLines(Path file, TextLines lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Opens a file. */
  public static JsonLines open(Path file) throws IOException {
    return new JsonLines(file, TextLines.open(file));
  }

  /**
   * A line.
   *
   * @param file where it is
   * @param number of it, from 1
   * @param object what it says
   */
  public record Line(Path file, long number, JsonNode object) {
    /** Whether there is a value of a key that is not null. */
    public boolean has(String key) {
      return object.hasNonNull(key);
    }

    /**
     * The text of a key.
     *
     * @throws DataFormatException if there is none
     */
    public String text(String key) {
      if (!object.path(key).isTextual()) {
        throw problem(object.has(key) ? key + " is not a string" : "it has no key " + key);
      }
      return object.get(key).textValue();
    }

    /**
     * The texts of a key.
     *
     * @throws DataFormatException if it has no list of strings
     */
    public List<String> texts(String key) {
      List<String> texts = new ArrayList<>();
      object.path(key).forEach(text -> texts.add(text.textValue()));
      if (!object.path(key).isArray() || texts.contains(null)) {
        throw problem(object.has(key) ? key + " is not a list of strings" : "it has no key " + key);
      }
      return texts;
    }

    /** What to throw about this line. */
    public DataFormatException problem(String what) {
      return new DataFormatException(file.toString(), number, what);
    }
  }

  /**
   * The next line, or null after the last.
   *
   * @throws DataFormatException with its number, if it is no JSON object
   */
  public @Nullable Line next() throws IOException {
    String line = lines.next();
    if (line == null) {
      return null;
    }
    number++;
    JsonNode object;
    try {
      object = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw problem("it is not JSON: " + JsonProblem.words(e));
    }
    if (!object.isObject()) {
      throw problem("it is not a JSON object");
    }
    return new Line(file, number, object);
  }

  private DataFormatException problem(String what) {
    return new DataFormatException(file.toString(), number, what);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
