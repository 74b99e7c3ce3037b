package albert.evaluation.metric;

import albert.evaluation.record.RecordFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A place in an article of a SQuAD file.
 *
 * @param file the file
 * @param line where the article begins, counted from 1
 * @param json what is there
 */
public record SquadNode(Path file, int line, JsonNode json) {

  /**
   * A text.
   *
   * @throws RecordFormatException if the key has none
   */
  public String text(String key) throws RecordFormatException {
    JsonNode child = json.path(key);
    if (!child.isTextual()) {
      throw wrong(key, child, "a text");
    }
    return child.textValue();
  }

  /**
   * What is in a list.
   *
   * @throws RecordFormatException if the key has none
   */
  public List<SquadNode> list(String key) throws RecordFormatException {
    JsonNode child = json.path(key);
    if (!child.isArray()) {
      throw wrong(key, child, "a list");
    }
    List<SquadNode> nodes = new ArrayList<>();
    child.forEach(element -> nodes.add(new SquadNode(file, line, element)));
    return nodes;
  }

  /**
   * A whole number.
   *
   * @throws RecordFormatException if the key has none
   */
  public int wholeNumber(String key) throws RecordFormatException {
    JsonNode child = json.path(key);
    if (!child.isIntegralNumber() || !child.canConvertToInt()) {
      throw wrong(key, child, "a whole number");
    }
    return child.intValue();
  }

  private RecordFormatException wrong(String key, JsonNode found, String expected) {
    return wrong(
        String.format(Locale.ROOT, "\"%s\" is %s, expected %s", key, shown(found), expected));
  }

  private static String shown(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> "not there";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER, BOOLEAN, NULL -> node.toString();
      case OBJECT, POJO, BINARY -> "an object";
    };
  }

  /** Something else that is wrong in the article. */
  public RecordFormatException wrong(String problem) {
    return new RecordFormatException(
        file,
        0,
        String.format(Locale.ROOT, "in the article that begins on line %d: %s", line, problem),
        null);
  }
}
