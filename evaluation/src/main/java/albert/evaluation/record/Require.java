package albert.evaluation.record;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the components of records must fulfil; each message names the component and its value. */
final class Require {
  private Require() {}

  static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is null, a value is needed");
    }
    return value;
  }

  static String text(String name, @Nullable String value) {
    String text = present(name, value);
    if (text.isBlank()) {
      throw new IllegalArgumentException(name + " is empty, a text is needed");
    }
    return text;
  }

  static void notNegative(String name, @Nullable Long value) {
    if (value != null && value < 0) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed are 0 and more");
    }
  }

  static void notNegative(String name, @Nullable Double value) {
    if (value != null && !(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed are finite numbers of 0 and more");
    }
  }

  static <V> SortedMap<String, V> sortedCopy(String name, @Nullable Map<String, V> map) {
    SortedMap<String, V> copy = new TreeMap<>();
    for (Map.Entry<String, V> entry : present(name, map).entrySet()) {
      copy.put(
          text("a key of " + name, entry.getKey()),
          present(name + "." + entry.getKey(), entry.getValue()));
    }
    return Collections.unmodifiableSortedMap(copy);
  }
}
