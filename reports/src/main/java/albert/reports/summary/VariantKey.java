package albert.reports.summary;

import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.RunRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The varied keys of runs, and their values. */
final class VariantKey {
  /** The paper's symbols, and other short names of keys. */
  private static final Map<String, String> SYMBOLS =
      Map.of(
          "vocab_size", "V",
          "embedding_size", "E",
          "hidden_size", "H",
          "num_hidden_layers", "L",
          "num_attention_heads", "A",
          "intermediate_size", "I",
          "batch_size", "batch",
          "learning_rate", "rate");

  /** What the values of {@code sharing} mean. */
  private static final Map<String, String> SHARING =
      Map.of(
          "none", "not shared",
          "all", "shared",
          "attention", "attention shared",
          "ffn", "FFN shared");

  /** Keys whose values say what they are. */
  private static final Set<String> SPEAKS_FOR_ITSELF = Set.of("task", "preset", "model");

  private VariantKey() {}

  /** All keys that any of the runs varies. */
  static SortedSet<String> allOf(List<RunRecord> runs) {
    SortedSet<String> keys = new TreeSet<>();
    runs.forEach(run -> keys.addAll(run.variant().keySet()));
    return keys;
  }

  /** The values of a run for the keys; a key that its configuration lacks is missing. */
  static SortedMap<String, Object> of(RunRecord run, Collection<String> keys) {
    SortedMap<String, Object> values = new TreeMap<>();
    for (String key : keys) {
      Object value = value(run, key);
      if (value != null) {
        values.put(key, value);
      }
    }
    return values;
  }

  /** A name for a variant without one. */
  static String name(SortedMap<String, Object> values) {
    if (values.isEmpty()) {
      return "the model";
    }
    return String.join(
        ", ", values.entrySet().stream().map(e -> part(e.getKey(), e.getValue())).toList());
  }

  private static String part(String key, Object value) {
    if (StudyDescription.MISSING.equals(value)) {
      return "no " + key;
    }
    String text = text(value);
    if (key.equals("sharing")) {
      return SHARING.getOrDefault(text, "sharing " + text);
    }
    if (key.equals("groups")) {
      return text.equals("1") ? "1 group" : text + " groups";
    }
    return SPEAKS_FOR_ITSELF.contains(key) ? text : SYMBOLS.getOrDefault(key, key) + " " + text;
  }

  /** The value of a run for a key as text; empty if it has none. */
  static String text(RunRecord run, String key) {
    Object value = value(run, key);
    return value == null ? "" : text(value);
  }

  /** A value of a configuration as text. */
  static String text(Object value) {
    return value instanceof String text ? text : CanonicalJson.write(value);
  }

  /** Whether a run is of the task, as far as its configuration tells. */
  static boolean mayBeTask(RunRecord run, String task) {
    Object configured = run.config().get("task");
    return configured == null || configured.equals(task);
  }

  private static @Nullable Object value(RunRecord run, String key) {
    Object varied = run.variant().get(key);
    return varied == null ? run.config().get(key) : varied;
  }
}
