package albert.model.config;

import java.util.Locale;

/**
 * The ranges that keys of configurations may have. What lies outside, or is no number, is refused
 * with key, value and range.
 */
public final class Range {
  private Range() {}

  /**
   * A whole number, both ends allowed.
   *
   * @throws ConfigException if it is not in the range
   */
  public static void between(String key, long value, long min, long max) {
    require(value >= min && value <= max, key, value, min + " to " + max);
  }

  /**
   * A number, both ends allowed.
   *
   * @throws ConfigException if it is not in the range
   */
  public static void between(String key, double value, double min, double max) {
    require(value >= min && value <= max, key, value, min + " to " + max);
  }

  /**
   * A number above 0, the upper end allowed.
   *
   * @throws ConfigException if it is not in the range
   */
  public static void positive(String key, double value, double max) {
    require(value > 0 && value <= max, key, value, "above 0 up to " + max);
  }

  /**
   * A probability or share that is not certain.
   *
   * @throws ConfigException if it is not in the range
   */
  public static void belowOne(String key, double value) {
    require(value >= 0 && value < 1, key, value, "0 up to but not including 1");
  }

  /**
   * A number with no upper end but float32's, the lower one allowed.
   *
   * @throws ConfigException if it is not in the range
   */
  public static void atLeast(String key, Number value, long min) {
    double number = value.doubleValue();
    require(number >= min && number <= Float.MAX_VALUE, key, value, min + " and more");
  }

  /**
   * What the other checks can't say.
   *
   * @param holds whether the value is in the range
   * @param allowed the range in words
   * @throws ConfigException if it is not
   */
  public static void require(boolean holds, String key, Number value, String allowed) {
    if (!holds) {
      throw new ConfigException(
          key, String.format(Locale.ROOT, "%s is %s, allowed are %s", key, value, allowed));
    }
  }
}
