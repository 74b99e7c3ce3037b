package albert.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@link JsonLines}.
 *
 * @param file where it is, for messages
 * @param number of the line, from 1
 * @param object what it says
 * @param needed how it should look, for messages
 */
public record JsonLine(String file, long number, JsonNode object, String needed) {
  /** Where it is, for messages. */
  public String place() {
    return String.format(Locale.ROOT, "%s, line %d", file, number);
  }

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
      throw lacks(key, "a string");
    }
    return object.get(key).textValue();
  }

  /**
   * The text of a key that may be absent or null.
   *
   * @throws DataFormatException if it is something else
   */
  public @Nullable String optionalText(String key) {
    return has(key) ? text(key) : null;
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
      throw lacks(key, "a list of strings");
    }
    return texts;
  }

  private DataFormatException lacks(String key, String type) {
    return problem(
        object.has(key) ? key + " is not " + type : "has no key " + key + ", needed is " + needed);
  }

  /** What to throw about this line. */
  public DataFormatException problem(String what) {
    return new DataFormatException(file, number, what);
  }

  /** All keys but some, with their values, in their order. */
  public Map<String, JsonNode> without(Collection<String> keys) {
    Map<String, JsonNode> others = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!keys.contains(field.getKey())) {
        others.put(field.getKey(), field.getValue());
      }
    }
    return others;
  }
}
