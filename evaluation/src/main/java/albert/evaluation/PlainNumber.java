package albert.evaluation;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Numbers in texts from people and files: digits 0 to 9, perhaps a minus sign, a point and an
 * exponent. What Java takes for a number besides is none here: {@code 1f}, {@code 0x1p1}, {@code
 * NaN}, {@code Infinity}, {@code +5}, blanks around, digits of other scripts.
 */
public final class PlainNumber {
  /** 18 digits fit a long. A leading zero means base eight to some readers, so none is taken. */
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  private static final Pattern DECIMAL =
      Pattern.compile("-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private PlainNumber() {}

  /** A whole number of at most 18 digits, without leading zeros; else nothing. */
  public static OptionalLong whole(String text) {
    return WHOLE.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** A finite number ({@code 5}, {@code 0.5}, {@code .5}, {@code 5e-5}); else nothing. */
  public static OptionalDouble decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
