package albert.reports.benchmark;

import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.StrictJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what JMH writes with {@code -rf json}: an array with an object a benchmark. Keys that a
 * report has no use for (versions, raw data) are passed over.
 */
public final class JmhFile {
  private final Path file;

  private JmhFile(Path file) {
    this.file = file;
  }

  /**
   * The results in a file.
   *
   * @throws RecordFormatException if it is not a file of JMH's, or holds no result
   * @throws IOException if it can't be read
   */
  public static List<JmhResult> read(Path file) throws IOException {
    return new JmhFile(file).results(new StrictJson().read(file, JsonNode.class));
  }

  private List<JmhResult> results(JsonNode root) throws RecordFormatException {
    if (!root.isArray() || root.isEmpty()) {
      throw problem("%s, needed is an array of benchmarks, as JMH's -rf json writes", found(root));
    }
    List<JmhResult> results = new ArrayList<>();
    for (JsonNode benchmark : root) {
      results.add(result(benchmark, "benchmark " + (results.size() + 1)));
    }
    return results;
  }

  private JmhResult result(JsonNode node, String where) throws RecordFormatException {
    JsonNode metric = node.path("primaryMetric");
    String inMetric = where + ", primaryMetric";
    JmhResult.Mode mode = mode(node, where);
    return new JmhResult(
        String.valueOf(file.getFileName()),
        text(node, "benchmark", where),
        params(node.path("params"), where),
        mode,
        number(metric, "score", inMetric),
        numberOrNaN(metric, "scoreError", inMetric),
        text(metric, "scoreUnit", inMetric),
        count(node, "forks", where),
        count(node, "measurementIterations", where),
        mode == JmhResult.Mode.SAMPLE_TIME
            ? percentiles(metric.path("scorePercentiles"), inMetric + ", scorePercentiles")
            : null);
  }

  private JmhResult.Mode mode(JsonNode node, String where) throws RecordFormatException {
    String label = text(node, "mode", where);
    return Arrays.stream(JmhResult.Mode.values())
        .filter(mode -> mode.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                problem(
                    "%s: mode is %s, allowed are %s",
                    where,
                    found(node.path("mode")),
                    Arrays.stream(JmhResult.Mode.values()).map(JmhResult.Mode::label).toList()));
  }

  /** A benchmark without parameters has no such key. */
  private Map<String, String> params(JsonNode node, String where) throws RecordFormatException {
    if (!node.isMissingNode() && !node.isObject()) {
      throw problem("%s: params is %s, allowed is an object", where, found(node));
    }
    Map<String, String> params = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> param : node.properties()) {
      params.put(param.getKey(), text(node, param.getKey(), where + ", params"));
    }
    return params;
  }

  private JmhResult.Percentiles percentiles(JsonNode node, String where)
      throws RecordFormatException {
    return new JmhResult.Percentiles(
        number(node, "50.0", where), number(node, "90.0", where), number(node, "99.0", where));
  }

  private String text(JsonNode node, String key, String where) throws RecordFormatException {
    JsonNode value = node.path(key);
    if (!value.isTextual()) {
      throw problem("%s: %s is %s, needed is a text", where, key, found(value));
    }
    return value.textValue();
  }

  private int count(JsonNode node, String key, String where) throws RecordFormatException {
    JsonNode value = node.path(key);
    if (!value.canConvertToExactIntegral() || !value.canConvertToInt() || value.intValue() < 0) {
      throw problem("%s: %s is %s, needed is a count", where, key, found(value));
    }
    return value.intValue();
  }

  /** JMH writes a number that it can't know as the text NaN. */
  private @Nullable Double numberOrNaN(JsonNode node, String key, String where)
      throws RecordFormatException {
    return node.path(key).asText().equals("NaN") ? null : number(node, key, where);
  }

  private double number(JsonNode node, String key, String where) throws RecordFormatException {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw problem("%s: %s is %s, needed is a number", where, key, found(value));
    }
    return value.doubleValue();
  }

  private static String found(JsonNode node) {
    if (node.isMissingNode()) {
      return "missing";
    }
    if (node.isContainerNode()) {
      String kind = node.isArray() ? "array" : "object";
      return "an " + (node.isEmpty() ? "empty " : "") + kind;
    }
    return node.toString();
  }

  private RecordFormatException problem(String format, Object... values) {
    return new RecordFormatException(file, 0, String.format(Locale.ROOT, format, values), null);
  }
}
