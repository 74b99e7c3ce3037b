package albert.experiments.cli;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts and pairs from JSON lines, one at a time: {@code {"text": …, "pair": …}}, the pair may be
 * absent or null, or questions: {@code {"question": …, "context": …}}. Every line is one: an empty
 * line is an error, so that what is made of the n-th line is the n-th of the output. Other keys are
 * kept as they are.
 */
final class TextLines implements AutoCloseable {

  private static final int LONGEST_LINE = 1 << 28;
  private static final Set<String> KEYS = Set.of("text", "pair", "question", "context");
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
   * @param others all other keys with their values, in their order
   */
  record TextLine(long number, String text, @Nullable String pair, Map<String, JsonNode> others) {}

  /**
   * A line with a question.
   *
   * @param number of the line, from 1
   * @param question what is asked
   * @param context the text that may answer it
   * @param others all other keys with their values, in their order
   */
  record QuestionLine(long number, String question, String context, Map<String, JsonNode> others) {}

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

  /** Where a line is, for messages. */
  String place(long line) {
    return String.format(Locale.ROOT, "%s, line %d", name, line);
  }

  /**
   * The next line, or null at the end.
   *
   * @throws DataFormatException with its number, if it is not as it should be
   */
  @Nullable TextLine next() throws IOException {
    return readLine() ? text(parse("{\"text\": …}")) : null;
  }

  /**
   * The next line as one with {@code question} and {@code context}, or null at the end.
   *
   * @throws DataFormatException with its number, if it is not as it should be
   */
  @Nullable QuestionLine nextQuestion() throws IOException {
    if (!readLine()) {
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
        number,
        object.get("question").textValue(),
        object.get("context").textValue(),
        others(object));
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
        number,
        object.get("text").textValue(),
        pair.isTextual() ? pair.textValue() : null,
        others(object));
  }

  private static Map<String, JsonNode> others(JsonNode object) {
    Map<String, JsonNode> others = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!KEYS.contains(field.getKey())) {
        others.put(field.getKey(), field.getValue());
      }
    }
    return others;
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
