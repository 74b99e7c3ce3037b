package albert.evaluation.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A value in a JSON file of a data set, and where it is. A key that is repeated and text after the
 * value of the file are errors.
 *
 * @param file the file
 * @param part the part of the file that messages name: {@code the article that begins on line 3};
 *     empty for the whole file
 * @param name what the value is called in that part: {@code "questions"}
 * @param json the value
 */
public record JsonPlace(Path file, String part, String name, JsonNode json) {
  private static final ObjectReader STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build().reader();

  /**
   * The value of a whole file.
   *
   * @throws RecordFormatException if it is not JSON
   */
  public static JsonPlace read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      JsonNode json = STRICT.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(in);
      return new JsonPlace(file, "", "its value", json);
    } catch (JsonProcessingException e) {
      throw notJson(file, e);
    }
  }

  /** Takes the elements of a list in their order. */
  @FunctionalInterface
  public interface Elements {
    /**
     * One element.
     *
     * @throws RecordFormatException if it is not as it should be
     */
    void element(JsonPlace element) throws RecordFormatException;
  }

  /**
   * Reads a file that is one list an element at a time.
   *
   * @param noun what an element is, for messages
   * @throws RecordFormatException if it is not JSON, or no list
   */
  public static void readList(Path file, String noun, Elements elements) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = STRICT.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new RecordFormatException(
            file, 0, String.format(Locale.ROOT, "it is no list, expected a %s each", noun), null);
      }
      readElements(file, noun, parser, elements);
      if (parser.nextToken() != null) {
        int line = parser.currentTokenLocation().getLineNr();
        throw new RecordFormatException(file, line, "something follows the list", null);
      }
    } catch (JsonProcessingException e) {
      throw notJson(file, e);
    }
  }

  /**
   * Reads the rest of a list an element at a time.
   *
   * @param noun what an element is, for messages
   * @param parser stands at the beginning of the list, afterwards at its end
   */
  public static void readElements(Path file, String noun, JsonParser parser, Elements elements)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int line = parser.currentTokenLocation().getLineNr();
      String part = String.format(Locale.ROOT, "the %s that begins on line %d", noun, line);
      elements.element(new JsonPlace(file, part, "it", parser.readValueAsTree()));
    }
  }

  /** What to throw about a file that is not JSON. */
  public static RecordFormatException notJson(Path file, JsonProcessingException e) {
    return new RecordFormatException(
        file, JsonProblem.line(e), "it is not JSON: " + JsonProblem.words(e), e);
  }

  /** The value of a key, which may be missing. */
  public JsonPlace at(String key) {
    return new JsonPlace(file, part, '"' + key + '"', json.path(key));
  }

  /**
   * Its text.
   *
   * @throws RecordFormatException if it is none
   */
  public String text() throws RecordFormatException {
    if (!json.isTextual()) {
      throw wrongType("a text");
    }
    return json.textValue();
  }

  /**
   * The text of a key.
   *
   * @throws RecordFormatException if the key has none
   */
  public String text(String key) throws RecordFormatException {
    return at(key).text();
  }

  /**
   * What is in its list.
   *
   * @throws RecordFormatException if it is none
   */
  public List<JsonPlace> list() throws RecordFormatException {
    if (!json.isArray()) {
      throw wrongType("a list");
    }
    List<JsonPlace> elements = new ArrayList<>();
    for (JsonNode element : json) {
      String called = String.format(Locale.ROOT, "%s[%d]", name, elements.size());
      elements.add(new JsonPlace(file, part, called, element));
    }
    return elements;
  }

  /**
   * What is in the list of a key.
   *
   * @throws RecordFormatException if the key has none
   */
  public List<JsonPlace> list(String key) throws RecordFormatException {
    return at(key).list();
  }

  /**
   * The texts of its list.
   *
   * @throws RecordFormatException if it is none, or something else is in it
   */
  public List<String> texts() throws RecordFormatException {
    List<String> texts = new ArrayList<>();
    for (JsonPlace element : list()) {
      texts.add(element.text());
    }
    return texts;
  }

  /**
   * A whole number.
   *
   * @throws RecordFormatException if the key has none
   */
  public int wholeNumber(String key) throws RecordFormatException {
    JsonPlace child = at(key);
    if (!child.json.isIntegralNumber() || !child.json.canConvertToInt()) {
      throw child.wrongType("a whole number");
    }
    return child.json.intValue();
  }

  private RecordFormatException wrongType(String expected) {
    return wrong(String.format(Locale.ROOT, "%s is %s, expected %s", name, shown(), expected));
  }

  private String shown() {
    return switch (json.getNodeType()) {
      case MISSING -> "not there";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER, BOOLEAN, NULL -> json.toString();
      case OBJECT, POJO, BINARY -> "an object";
    };
  }

  /** What to throw about something else that is wrong in its part of the file. */
  public RecordFormatException wrong(String problem) {
    return new RecordFormatException(
        file, 0, part.isEmpty() ? problem : "in " + part + ": " + problem, null);
  }
}
