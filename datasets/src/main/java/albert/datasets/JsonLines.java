package albert.datasets;

import albert.evaluation.record.JsonProblem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines, one at a time, read as {@link TextLines} reads them. Every line is an object: an
 * empty line is an error, so that what is made of the n-th line is the n-th of the output. Numbers
 * are kept as they are written.
 */
public final class JsonLines implements AutoCloseable {
  private static final JsonMapper MAPPER = mapper();

  private final String name;
  private final TextLines lines;
  private long number;

  private JsonLines(String name, TextLines lines) {
    this.name = name;
    this.lines = lines;
  }

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(TextLines.LONGEST_LINE).build());
    return mapper;
  }

  /** Opens a file. */
  public static JsonLines open(Path file) throws IOException {
    return new JsonLines(file.toString(), TextLines.open(file));
  }

  /**
   * Reads a stream, which is closed with this.
   *
   * @param name of it, for messages
   */
  public static JsonLines of(String name, InputStream in) {
    return new JsonLines(name, TextLines.of(name, in));
  }

  /**
   * The next line, or null at the end.
   *
   * @param needed how it should look, for messages
   * @throws DataFormatException with its number, if it is no JSON object
   */
  public @Nullable JsonLine next(String needed) throws IOException {
    String line = lines.next();
    if (line == null) {
      return null;
    }
    number++;
    return new JsonLine(name, number, parse(line, needed), needed);
  }

  private JsonNode parse(String line, String needed) {
    if (line.isBlank()) {
      throw problem("is empty, needed on every line is " + needed);
    }
    JsonNode object;
    try {
      object = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw problem("is not JSON: " + JsonProblem.words(e));
    }
    if (!object.isObject()) {
      throw problem("is not a JSON object, needed is " + needed);
    }
    return object;
  }

  private DataFormatException problem(String what) {
    return new DataFormatException(name, number, what);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
