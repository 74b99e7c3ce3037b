package albert.reports.figure;

import java.util.List;

/**
 * Marks with error bars in a plane, each with its name beside it, and horizontal lines to compare
 * with.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param points the marks, at least one
 * @param lines what to compare with
 * @param front which points are joined as those that no other one beats
 */
public record ScatterPlot(
    String name,
    String title,
    String description,
    AxisTitle x,
    AxisTitle y,
    List<ScatterPoint> points,
    List<ReferenceLine> lines,
    Front front) {
  public ScatterPlot {
    points = List.copyOf(points);
    lines = List.copyOf(lines);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("figure '" + name + "' has no points, one is needed");
    }
  }

  /** A plot without a front. */
  public ScatterPlot(
      String name,
      String title,
      String description,
      AxisTitle x,
      AxisTitle y,
      List<ScatterPoint> points,
      List<ReferenceLine> lines) {
    this(name, title, description, x, y, points, lines, Front.NONE);
  }

  /**
   * The words at an axis, and its kind.
   *
   * @param text quantity and unit
   * @param logarithmic equal ratios are equally far apart, all values are positive; otherwise equal
   *     differences are
   */
  public record AxisTitle(String text, boolean logarithmic) {}

  /** The drawing. */
  public Figure draw() {
    return new ScatterDrawing(this).figure();
  }
}
