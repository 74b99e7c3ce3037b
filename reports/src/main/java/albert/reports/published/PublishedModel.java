package albert.reports.published;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which model a row of a published table is about.
 *
 * @param table table or section
 * @param row row of the table
 * @param values keys of a configuration, with the values that a run of this shape has
 * @param pretraining how it was pretrained
 * @param protocol name of the {@link PublishedProtocol} of its scores
 */
public record PublishedModel(
    String table,
    String row,
    Map<String, String> values,
    PublishedPretraining pretraining,
    String protocol) {
  private static final List<String> KEYS =
      List.of("num_hidden_layers", "hidden_size", "embedding_size", "sharing");

  /** What the paper's models all have, where a configuration says it. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "groups", "1",
          "inner_group_num", "1",
          "sharing_pattern", "sequence",
          "layer_delta_rank", "0",
          "classifier_pooling", "cls");

  /** What studies call the pretraining objectives, in the paper's words. */
  private static final Map<String, String> OBJECTIVES =
      Map.of("sentence_order", "sop", "next_sentence", "nsp");

  public PublishedModel {
    values = new TreeMap<>(values);
  }

  /** All rows whose model is known. */
  public static List<PublishedModel> all() {
    return PublishedTable.read("models.csv").stream().map(PublishedModel::of).toList();
  }

  private static PublishedModel of(Map<String, String> row) {
    Map<String, String> values = new TreeMap<>();
    KEYS.forEach(key -> values.put(key, row.getOrDefault(key, "")));
    return new PublishedModel(
        row.getOrDefault("table", ""),
        row.getOrDefault("row", ""),
        values,
        PublishedPretraining.of(row),
        row.getOrDefault("protocol", PublishedProtocol.NOT_SAID));
  }

  /** Whether a configuration is of this model's shape, however it was pretrained. */
  public boolean hasShapeOf(Map<String, Object> config) {
    return values.entrySet().stream().allMatch(e -> same(config.get(e.getKey()), e.getValue()))
        && ALWAYS.entrySet().stream()
            .allMatch(
                e -> !config.containsKey(e.getKey()) || same(config.get(e.getKey()), e.getValue()));
  }

  /** A value of a configuration as the paper calls it. */
  static String inThePapersWords(@Nullable Object value) {
    String text = String.valueOf(value).toLowerCase(Locale.ROOT);
    return OBJECTIVES.getOrDefault(text, text);
  }

  private static boolean same(@Nullable Object value, String wanted) {
    if (value instanceof Number number) {
      try {
        return number.doubleValue() == Double.parseDouble(wanted);
      } catch (NumberFormatException unusedText) {
        return false;
      }
    }
    return value != null && value.toString().equals(wanted);
  }
}
