package albert.evaluation;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the components of records and the numbers of procedures must fulfil. What does not is an
 * {@link IllegalArgumentException} that names the component and its value.
 */
public final class Require {
  private Require() {}

  /** A value, which must be there. */
  public static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is null, a value is needed");
    }
    return value;
  }

  /** A text, which must not be blank. */
  public static String text(String name, @Nullable String value) {
    String text = present(name, value);
    if (text.isBlank()) {
      throw new IllegalArgumentException(name + " is empty, a text is needed");
    }
    return text;
  }

  /** A number, not less than the least. */
  public static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed are " + least + " and more");
    }
  }

  /** A number of 0 and more, if there is one. */
  public static void notNegative(String name, @Nullable Long value) {
    if (value != null) {
      atLeast(name, value, 0);
    }
  }

  /** A finite number of 0 and more, if there is one. */
  public static void notNegative(String name, @Nullable Double value) {
    if (value != null && !(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed are finite numbers of 0 and more");
    }
  }

  /** A copy in the order of the keys, which must be texts, of values that must be there. */
  public static <V> SortedMap<String, V> sortedCopy(String name, @Nullable Map<String, V> map) {
    SortedMap<String, V> copy = new TreeMap<>();
    for (Map.Entry<String, V> entry : present(name, map).entrySet()) {
      copy.put(
          text("a key of " + name, entry.getKey()),
          present(name + "." + entry.getKey(), entry.getValue()));
    }
    return Collections.unmodifiableSortedMap(copy);
  }
}
