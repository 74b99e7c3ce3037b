package albert.experiments.task.kind;

import albert.datasets.DataFormatException;
import albert.evaluation.record.JsonProblem;
import albert.experiments.InputException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines, one at a time. Every line is an object: an empty line is an error, so that what is
 * made of the n-th line is the n-th of the output.
 */
public final class InputLines implements AutoCloseable {
  private static final int LONGEST_LINE = 1 << 28;

  private static final JsonMapper MAPPER = mapper();

  private final String name;
  private final BufferedReader reader;
  private final StringBuilder line = new StringBuilder();
  private long number;

  private InputLines(String name, InputStream in) {
    this.name = name;
    // a decoder of its own, so that what is not UTF-8 is an error
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // numbers of other keys are handed through as they stand
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(LONGEST_LINE).build());
    return mapper;
  }

  /** Opens the file of {@code --input}; without one, standard input. */
  public static InputLines open(@Nullable Path file) throws IOException {
    return file == null ? new InputLines("standard input", System.in) : open("--input", file);
  }

  /**
   * Opens the file of an option.
   *
   * @throws InputException if there is none
   */
  public static InputLines open(String option, Path file) throws IOException {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s %s %s, needed is a file of JSON lines",
              option,
              file,
              Files.exists(file) ? "is a folder" : "does not exist"));
    }
    return new InputLines(file.toString(), Files.newInputStream(file));
  }

  /** Where a line of a file is, for messages. */
  static String place(String file, long line) {
    return String.format(Locale.ROOT, "%s, line %d", file, line);
  }

  /**
   * The next line, or null at the end.
   *
   * @param needed how it should look, for messages
   * @throws DataFormatException with its number, if it is no JSON object
   */
  public @Nullable InputLine next(String needed) throws IOException {
    return readLine() ? new InputLine(name, number, parse(needed), needed) : null;
  }

  private JsonNode parse(String needed) {
    if (line.toString().isBlank()) {
      throw problem("is empty, needed on every line is " + needed);
    }
    JsonNode object;
    try {
      object = MAPPER.readTree(line.toString());
    } catch (JsonProcessingException e) {
      throw problem("is not JSON: " + JsonProblem.words(e));
    }
    if (!object.isObject()) {
      throw problem("is not a JSON object, needed is " + needed);
    }
    return object;
  }

  private boolean readLine() throws IOException {
    line.setLength(0);
    number++;
    try {
      int c = reader.read();
      if (c < 0) {
        return false;
      }
      for (; c >= 0 && c != '\n'; c = reader.read()) {
        if (line.length() == LONGEST_LINE) {
          throw problem(String.format(Locale.ROOT, "has more than %d characters", LONGEST_LINE));
        }
        line.append((char) c);
      }
      return true;
    } catch (CharacterCodingException e) {
      throw problem("is not UTF-8");
    }
  }

  private DataFormatException problem(String what) {
    return new DataFormatException(name, number, what);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
