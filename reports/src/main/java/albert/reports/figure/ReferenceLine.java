package albert.reports.figure;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A line to compare with, along the axis that it isn't a value of.
 *
 * @param label its name
 * @param value where it is, finite
 */
public record ReferenceLine(String label, double value) {
  /** How many times as far off as the values reach a line may be. */
  private static final double FARTHEST = 3;

  public ReferenceLine {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("line '" + label + "' is at " + value);
    }
  }

  /**
   * The lines that can be drawn with values without pressing them together too much: those that are
   * no farther off than three times what the values reach.
   */
  static List<ReferenceLine> near(List<ReferenceLine> lines, double[] values) {
    double low = DoubleStream.of(values).min().orElseThrow();
    double high = DoubleStream.of(values).max().orElseThrow();
    Axis axis = Axis.linear(values);
    double reach = high > low ? high - low : axis.high() - axis.low();
    double span = Math.max(reach, Math.abs(high) * 0.02);
    return lines.stream().filter(line -> line.distance(low, high) <= FARTHEST * span).toList();
  }

  private double distance(double low, double high) {
    return Math.max(0, Math.max(low - value, value - high));
  }

  /** What a reader must know of the lines that are not drawn; empty if all are. */
  static String outside(List<ReferenceLine> lines, List<ReferenceLine> drawn) {
    List<String> names =
        lines.stream().filter(l -> !drawn.contains(l)).map(ReferenceLine::label).toList();
    return names.isEmpty() ? "" : "Outside the picture: " + String.join(", ", names) + ".";
  }
}
