package albert.reports.output;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a column says of a row.
 *
 * @param text the figure as readers see it; empty where there is none
 * @param detail what belongs to it, in small print; empty for nothing
 * @param tone whether it deserves attention
 * @param order what the column is sorted by; null sorts last
 * @param raw the figures for programs, by column name; null for none
 */
public record Cell(
    String text,
    String detail,
    Tone tone,
    @Nullable Double order,
    Map<String, @Nullable Object> raw) {
  public Cell {
    raw = new LinkedHashMap<>(raw);
  }

  /** Two figures for programs, in this order. */
  static Map<String, @Nullable Object> raw(
      String first, @Nullable Object one, String second, @Nullable Object two) {
    Map<String, @Nullable Object> raw = new LinkedHashMap<>();
    raw.put(first, one);
    raw.put(second, two);
    return raw;
  }

  /** How much attention a cell deserves. */
  public enum Tone {
    /** A figure like others. */
    PLAIN,
    /** Not to be told from the baseline. */
    QUIET,
    /** Beyond noise. */
    STRONG,
    /** Something failed. */
    ALERT
  }

  /** Whether there is nothing to show. */
  public boolean isEmpty() {
    return text.isEmpty();
  }
}
