package albert.experiments.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of {@code predict}: what the input's line said besides its text, then what is predicted.
 */
final class PredictionLine {

  /** What a key of the input is called if a prediction has one of the same name. */
  static final String PREFIX = "input_";

  private PredictionLine() {}

  /**
   * Puts both together, none lost: {@code label} of the input becomes {@code input_label} beside a
   * predicted label.
   *
   * @param given keys of the input
   * @param predicted what is predicted, under its own names whatever the input has
   */
  static Map<String, Object> of(Map<String, JsonNode> given, Map<String, Object> predicted) {
    Map<String, Object> line = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          String name = key;
          while (predicted.containsKey(name) || (!name.equals(key) && given.containsKey(name))) {
            name = PREFIX + name;
          }
          line.put(name, value);
        });
    line.putAll(predicted);
    return line;
  }
}
