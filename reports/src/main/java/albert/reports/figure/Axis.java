package albert.reports.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A range of values, the ticks in it, and where in the range a value lies.
 *
 * @param logarithmic equal ratios are equally far apart; otherwise equal differences are
 * @param low smallest value shown
 * @param high largest value shown
 * @param ticks values with a label, ascending
 */
record Axis(boolean logarithmic, double low, double high, List<Tick> ticks) {
  private static final double PADDING = 0.09;

  /** Values as near to each other as this, and magnitudes as small as this, are not told apart. */
  private static final double LEAST = 1e-9;

  private static final double EQUAL = 1e-6;
  private static final int FEWEST_TICKS = 3;
  private static final int MOST_TICKS = 8;
  private static final List<List<Double>> MANTISSAS =
      List.of(
          List.of(1.0),
          List.of(1.0, 3.0),
          List.of(1.0, 2.0, 5.0),
          List.of(1.0, 1.5, 2.0, 3.0, 5.0, 7.0),
          List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0));

  /** A labelled value. */
  record Tick(double value, String label) {}

  Axis {
    ticks = List.copyOf(ticks);
  }

  /** An axis of equal differences around all values, with a little room on both sides. */
  static Axis linear(double[] values) {
    double min = DoubleStream.of(values).min().orElse(0);
    double max = DoubleStream.of(values).max().orElse(1);
    double magnitude = Math.max(Math.abs(min), Math.abs(max));
    if (max - min <= Math.max(LEAST, magnitude * EQUAL)) {
      return aroundOne(min, magnitude);
    }
    double low = min - (max - min) * PADDING;
    double high = max + (max - min) * PADDING;
    return new Axis(false, min >= 0 ? Math.max(0, low) : low, high, even(low, high));
  }

  /** Around values that are equal but for rounding: a tenth to both sides. */
  private static Axis aroundOne(double value, double magnitude) {
    double half = magnitude <= LEAST ? 0.1 : magnitude * 0.1;
    double low = value - half;
    double high = value + half;
    if (value >= 0) {
      low = Math.max(0, low);
      high = value <= 1 ? Math.min(high, 1.01) : high; // most scores end at 1
    }
    return new Axis(false, low, high, even(low, high));
  }

  /** An axis of equal ratios around all values, which are positive. */
  static Axis logarithmic(double[] values) {
    double min = DoubleStream.of(values).min().orElse(1);
    double max = DoubleStream.of(values).max().orElse(10);
    if (!(min > 0)) {
      throw new IllegalArgumentException("a logarithmic axis got " + min + ", allowed is above 0");
    }
    double ratio = max > min ? max / min : 1.5;
    double low = min / Math.pow(ratio, PADDING);
    double high = max * Math.pow(ratio, PADDING);
    for (List<Double> mantissas : MANTISSAS) {
      List<Tick> ticks = decades(low, high, mantissas);
      if (ticks.size() >= FEWEST_TICKS) {
        return new Axis(true, low, high, thinned(ticks));
      }
    }
    return new Axis(true, low, high, even(low, high));
  }

  /** Where a value lies: 0 at the low end, 1 at the high end. */
  double position(double value) {
    return logarithmic
        ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
        : (value - low) / (high - low);
  }

  private static List<Tick> decades(double low, double high, List<Double> mantissas) {
    List<Tick> ticks = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(high));
    for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= last; exponent++) {
      for (double mantissa : mantissas) {
        double value = Double.parseDouble(mantissa + "e" + exponent);
        if (value >= low && value <= high) {
          ticks.add(new Tick(value, Quantity.round(value)));
        }
      }
    }
    return ticks;
  }

  private static List<Tick> thinned(List<Tick> ticks) {
    int each = (ticks.size() + MOST_TICKS - 1) / MOST_TICKS;
    return IntStream.range(0, ticks.size())
        .filter(i -> i % each == 0)
        .mapToObj(ticks::get)
        .toList();
  }

  private static List<Tick> even(double low, double high) {
    double rough = (high - low) / 5;
    int exponent = (int) Math.floor(Math.log10(rough));
    double unit = Double.parseDouble("1e" + exponent);
    double step =
        unit * (rough / unit < 1.5 ? 1 : rough / unit < 3.5 ? 2 : rough / unit < 7.5 ? 5 : 10);
    double largest = Math.max(Math.abs(low), Math.abs(high));
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      if (i >= 0 || low < 0) {
        ticks.add(new Tick(i * step, Quantity.onGrid(i * step, step, largest)));
      }
    }
    return ticks;
  }
}
