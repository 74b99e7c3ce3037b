package albert.experiments.cli;

import albert.datasets.DataFormatException;
import albert.evaluation.record.JsonProblem;
import albert.experiments.InputException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Texts and pairs from JSON lines, one at a time: {@code {"text": …, "pair": …}}, the pair may be
 * absent or null, or questions: {@code {"question": …, "context": …}}. Other keys are not looked
 * at, empty lines are skipped.
 */
final class TextLines implements AutoCloseable {

  private static final int LONGEST_LINE = 1 << 28;
  private static final JsonMapper MAPPER = mapper();

  private final String name;
  private final BufferedReader reader;
  private final StringBuilder line = new StringBuilder();
  private long number;

  /**
   * A line.
   *
   * @param number of the line, from 1
   * @param text the text, or the first of a pair
   * @param pair the second of a pair
   */
  record TextLine(long number, String text, @Nullable String pair) {}

  /**
   * A line with a question.
   *
   * @param number of the line, from 1
   * @param question what is asked
   * @param context the text that may answer it
   */
  record QuestionLine(long number, String question, String context) {}

  private TextLines(String name, InputStream in) {
    this.name = name;
    // a decoder of its own, so that what is not UTF-8 is an error
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(LONGEST_LINE).build());
    return mapper;
  }

  /** Opens a file; without one, standard input. */
  static TextLines open(@Nullable Path file) throws IOException {
    if (file == null) {
      return new TextLines("standard input", System.in);
    }
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--input %s %s, needed is a file of JSON lines",
              file,
              Files.exists(file) ? "is a folder" : "does not exist"));
    }
    return new TextLines(file.toString(), Files.newInputStream(file));
  }

  /** What is read, for messages. */
  String name() {
    return name;
  }

  /**
   * The next line, or null at the end.
   *
   * @throws DataFormatException with its number, if it is not as it should be
   */
  @Nullable TextLine next() throws IOException {
    return findLine() ? text(parse("{\"text\": …}")) : null;
  }

  /**
   * The next line as one with {@code question} and {@code context}, or null at the end.
   *
   * @throws DataFormatException with its number, if it is not as it should be
   */
  @Nullable QuestionLine nextQuestion() throws IOException {
    if (!findLine()) {
      return null;
    }
    JsonNode object = parse("{\"question\": …, \"context\": …}");
    for (String key : List.of("question", "context")) {
      if (!object.path(key).isTextual()) {
        throw problem(
            object.has(key)
                ? key + " is not a string"
                : "has no key " + key + ", needed is {\"question\": …, \"context\": …}");
      }
    }
    return new QuestionLine(
        number, object.get("question").textValue(), object.get("context").textValue());
  }

  /** Goes to the next line that is not blank. */
  private boolean findLine() throws IOException {
    while (readLine()) {
      if (!line.toString().isBlank()) {
        return true;
      }
    }
    return false;
  }

  private JsonNode parse(String needed) {
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

  private TextLine text(JsonNode object) {
    if (!object.path("text").isTextual()) {
      throw problem(
          object.has("text") ? "text is not a string" : "has no key text, needed is {\"text\": …}");
    }
    JsonNode pair = object.path("pair");
    if (object.hasNonNull("pair") && !pair.isTextual()) {
      throw problem("pair is not a string");
    }
    return new TextLine(
        number, object.get("text").textValue(), pair.isTextual() ? pair.textValue() : null);
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
