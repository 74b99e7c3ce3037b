package albert.reports.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as short labels. */
public final class Quantity {
  private static final String[] SUFFIXES = {"", "k", "M", "G", "T", "P"};

  private Quantity() {}

  /** Three significant digits and a suffix for thousands: 950, 1.23k, 11.0M, 108M. */
  public static String compact(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
    int thousands = thousands(rounded.abs().doubleValue());
    BigDecimal shown = rounded.movePointLeft(3 * thousands);
    return thousands == 0
        ? trimmed(shown)
        : minus(
                shown
                    .setScale(Math.max(0, 3 - digits(shown)), RoundingMode.HALF_UP)
                    .toPlainString())
            + SUFFIXES[thousands];
  }

  /** A round value such as a tick, without zeros after the point: 3M, 1.5k, 0.2. */
  static String round(double value) {
    int thousands = thousands(Math.abs(value));
    return trimmed(BigDecimal.valueOf(value).movePointLeft(3 * thousands)) + SUFFIXES[thousands];
  }

  /** A value with all its digits: 0.005, 12000. */
  static String plain(double value) {
    return trimmed(BigDecimal.valueOf(value));
  }

  /** A tick with the digits that tell it from its neighbours, {@code step} away. */
  static String onGrid(double value, double step, double largest) {
    int thousands = largest >= 10_000 ? thousands(largest) : 0;
    double unit = Math.pow(1000, thousands);
    int decimals = Math.max(0, -(int) Math.floor(Math.log10(step / unit) + 1e-9));
    return minus(
            BigDecimal.valueOf(value / unit)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString())
        + SUFFIXES[thousands];
  }

  private static int thousands(double magnitude) {
    int thousands = 0;
    for (double rest = magnitude; rest >= 1000 && thousands < SUFFIXES.length - 1; rest /= 1000) {
      thousands++;
    }
    return thousands;
  }

  /** Digits before the point. */
  private static int digits(BigDecimal value) {
    return value.precision() - value.scale();
  }

  private static String trimmed(BigDecimal value) {
    return minus(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
  }

  private static String minus(String number) {
    return number.startsWith("-") ? "−" + number.substring(1) : number;
  }
}
