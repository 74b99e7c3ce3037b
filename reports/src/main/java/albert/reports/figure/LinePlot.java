package albert.reports.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Curves with bands around them, and a legend above.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param curves at least one
 */
public record LinePlot(
    String name,
    String title,
    String description,
    ScatterPlot.AxisTitle x,
    ScatterPlot.AxisTitle y,
    List<Curve> curves) {
  private static final double LEGEND_LINE = 20;
  private static final double PLOT_HEIGHT = 280;

  /** So few points of a curve all have a mark, more of them three. */
  private static final int FEW_POINTS = 8;

  private static final int MARKS = 3;

  public LinePlot {
    curves = List.copyOf(curves);
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("figure '" + name + "' has no curves, one is needed");
    }
  }

  /**
   * A curve.
   *
   * @param label its name
   * @param series number of its look
   * @param points from left to right, at least two
   */
  public record Curve(String label, int series, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * A point with its band.
   *
   * @param x finite; positive on a logarithmic axis
   * @param y finite; on a logarithmic axis more than the spread
   * @param spread half the height of the band, 0 and more
   */
  public record Point(double x, double y, double spread) {
    public Point {
      if (!Double.isFinite(x) || !Double.isFinite(y) || !(spread >= 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "point (%s, %s ± %s), allowed are finite numbers", x, y, spread));
      }
    }
  }

  /** The drawing. */
  public Figure draw() {
    double top = 10 + LEGEND_LINE * curves.size();
    double bottom = top + PLOT_HEIGHT;
    Axis xAxis = axis(x, all(curve -> curve.points().stream().mapToDouble(Point::x)));
    Axis yAxis =
        axis(
            y,
            all(
                curve ->
                    curve.points().stream()
                        .flatMapToDouble(
                            p -> DoubleStream.of(p.y() - p.spread(), p.y() + p.spread()))));
    Box box = new Box(PlotFrame.leftOf(yAxis), top, Drawing.WIDTH - 18, bottom);
    PlotFrame frame = new PlotFrame(box, xAxis, yAxis);
    return new Drawing(name, title, description, Drawing.WIDTH, bottom + PlotFrame.below(x.text()))
        .figure(
            "",
            canvas -> {
              frame.draw(canvas, x.text(), y.text());
              for (int i = 0; i < curves.size(); i++) {
                legend(canvas, curves.get(i), box.left() + 8, 12 + LEGEND_LINE * i);
              }
              for (Curve curve : curves) {
                canvas.group(curve.label(), () -> draw(canvas, frame, curve));
              }
            });
  }

  private static Axis axis(ScatterPlot.AxisTitle title, double[] values) {
    return title.logarithmic() ? Axis.logarithmic(values) : Axis.linear(values);
  }

  private double[] all(Function<Curve, DoubleStream> values) {
    return curves.stream().flatMapToDouble(values).toArray();
  }

  private static void legend(Canvas canvas, Curve curve, double x, double y) {
    canvas.mark(Marker.of(curve.series()), x, y);
    double room = Drawing.WIDTH - x - 26;
    String shown = TextWidth.shortened(curve.label(), room, FigureStyle.TEXT_SIZE);
    canvas.words(Words.at(x + 14, y + 4.5, shown));
  }

  private static void draw(Canvas canvas, PlotFrame frame, Curve curve) {
    Marker marker = Marker.of(curve.series());
    List<Point> points = curve.points();
    if (points.stream().anyMatch(p -> p.spread() > 0)) {
      StringBuilder band = new StringBuilder();
      for (Point p : points) {
        band.append(band.isEmpty() ? "M" : "L").append(at(frame, p.x(), p.y() + p.spread()));
      }
      List<Point> back = new ArrayList<>(points);
      Collections.reverse(back);
      back.forEach(p -> band.append("L").append(at(frame, p.x(), p.y() - p.spread())));
      canvas.path(marker.filled().faint(0.16), band + "z");
    }
    StringBuilder line = new StringBuilder();
    points.forEach(p -> line.append(line.isEmpty() ? "M" : "L").append(at(frame, p.x(), p.y())));
    canvas.path(marker.stroked().wide(2), line.toString());
    for (Point p : marked(points)) {
      canvas.path(marker.filled(), marker.path(), frame.x(p.x()), frame.y(p.y()), 0.8);
    }
  }

  private static List<Point> marked(List<Point> points) {
    return points.size() <= FEW_POINTS
        ? points
        : IntStream.rangeClosed(1, MARKS)
            .mapToObj(i -> points.get((points.size() - 1) * i / MARKS))
            .toList();
  }

  private static String at(PlotFrame frame, double x, double y) {
    return Svg.number(frame.x(x)) + " " + Svg.number(frame.y(y));
  }
}
