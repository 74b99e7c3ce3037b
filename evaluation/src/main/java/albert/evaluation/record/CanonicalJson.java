package albert.evaluation.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON with exactly one text for each value, so that a hash of the text can name the value: keys
 * sorted by their UTF-16 units, no white space, the shortest decimal digits that give the number
 * back, and an integral number without a fraction (1.0 and 1 are one value). It follows RFC 8785;
 * what differs is that integers beyond 2⁵³ keep all their digits.
 *
 * <p>The digits are found here and not by {@link Double#toString(double)}, which gave other ones
 * before Java 19.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The canonical text.
   *
   * @param value text, truth value, number, collection, or map with texts as keys
   * @throws IllegalArgumentException for null, a number that is not finite, or another type
   */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, canonical("the value", value));
    return out.toString();
  }

  /** SHA-256 of the canonical text in UTF-8, 64 hexadecimal digits. */
  public static String sha256(Object value) {
    return Sha256.of(write(value));
  }

  /**
   * An unmodifiable sorted copy in which integers are {@code Long} (or {@code BigInteger} beyond
   * it) and other numbers {@code Double}, down to the last list and map.
   *
   * @throws IllegalArgumentException as {@link #write}
   */
  public static SortedMap<String, Object> canonicalMap(Map<String, ?> map) {
    SortedMap<String, Object> copy = new TreeMap<>();
    map.forEach((key, value) -> copy.put(key, canonical(key, value)));
    return Collections.unmodifiableSortedMap(copy);
  }

  private static Object canonical(String key, @Nullable Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof BigInteger integer) {
      return integer.bitLength() < Long.SIZE ? integer.longValue() : integer;
    }
    if (value instanceof Float || value instanceof Double || value instanceof BigDecimal) {
      return finite(key, value);
    }
    if (value instanceof Enum<?> constant) {
      throw new IllegalArgumentException(
          key + " is the constant " + constant + ": give the text that stands for it");
    }
    if (value instanceof Collection<?> collection) {
      List<Object> copy = new ArrayList<>(collection.size());
      collection.forEach(element -> copy.add(canonical(key + "[" + copy.size() + "]", element)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Map<?, ?> map) {
      return canonicalMap(withTextKeys(key, map));
    }
    throw new IllegalArgumentException(
        value == null
            ? key + " is null: leave out what is not set"
            : key + " is a " + value.getClass().getName() + ", which JSON has no form for");
  }

  private static Map<String, ?> withTextKeys(String key, Map<?, ?> map) {
    SortedMap<String, @Nullable Object> copy = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new IllegalArgumentException(key + " has the key " + entry.getKey() + ", not a text");
      }
      copy.put(name, entry.getValue());
    }
    return copy;
  }

  private static Double finite(String key, Object value) {
    // a float means the decimal that it is written as, not its binary expansion
    double number = Double.parseDouble(value.toString());
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(key + " is " + value + ", allowed are finite numbers");
    }
    return number;
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof String text) {
      appendText(out, text);
    } else if (value instanceof Double number) {
      out.append(decimal(number));
    } else if (value instanceof Map<?, ?> map) {
      char separator = '{';
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        appendText(out.append(separator), (String) entry.getKey());
        append(out.append(':'), entry.getValue());
        separator = ',';
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      char separator = '[';
      for (Object element : list) {
        append(out.append(separator), element);
        separator = ',';
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else {
      out.append(value);
    }
  }

  /** The number as ECMAScript writes it: shortest digits, exponent from 1e21 up and below 1e-6. */
  static String decimal(double number) {
    if (number == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(number).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -6 && exponent < 21) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String sign = number < 0 ? "-" : "";
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return sign + digits.charAt(0) + fraction + "e" + (exponent > 0 ? "+" : "") + exponent;
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == number) {
        return rounded;
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
