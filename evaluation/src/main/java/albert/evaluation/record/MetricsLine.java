package albert.evaluation.record;

import albert.evaluation.Require;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was measured at a step.
 *
 * @param step optimizer steps done
 * @param values figures by name in snake case, for example {@code train_loss}; null where the
 *     figure was no finite number
 */
public record MetricsLine(long step, SortedMap<String, @Nullable Double> values) {
  public MetricsLine {
    Require.notNegative("step", step);
    SortedMap<String, @Nullable Double> copy = new TreeMap<>();
    for (Map.Entry<String, @Nullable Double> entry : Require.present("values", values).entrySet()) {
      Double value = entry.getValue();
      copy.put(
          Require.text("a key of values", entry.getKey()),
          value == null || !Double.isFinite(value) ? null : value);
    }
    values = Collections.unmodifiableSortedMap(copy);
  }

  /** A line from any map; figures that are no finite numbers become null. */
  public static MetricsLine of(long step, Map<String, Double> values) {
    return new MetricsLine(step, new TreeMap<>(values));
  }
}
