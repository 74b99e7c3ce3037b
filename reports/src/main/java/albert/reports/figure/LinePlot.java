package albert.reports.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Curves with bands around them, and a legend above.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param x words at the horizontal axis
 * @param y words at the vertical axis
 * @param curves at least one
 */
public record LinePlot(
    String name, String title, String description, String x, String y, List<Curve> curves) {
  private static final double WIDTH = 720;
  private static final double LEGEND_LINE = 18;
  private static final double PLOT_HEIGHT = 320;
  private static final int LONGEST_LABEL = 60;

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
   * @param x finite
   * @param y finite
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
    Box box = new Box(70, top, WIDTH - 22, bottom);
    PlotFrame frame =
        new PlotFrame(
            box,
            Axis.linear(all(curve -> curve.points().stream().mapToDouble(Point::x))),
            Axis.linear(
                all(
                    curve ->
                        curve.points().stream()
                            .flatMapToDouble(
                                p -> DoubleStream.of(p.y() - p.spread(), p.y() + p.spread())))));
    return new Drawing(name, title, description, WIDTH, bottom + 58)
        .figure(
            "",
            svg -> {
              frame.draw(svg, x, y);
              for (int i = 0; i < curves.size(); i++) {
                legend(svg, curves.get(i), 12 + LEGEND_LINE * i);
              }
              curves.forEach(curve -> draw(svg, frame, curve));
            });
  }

  private double[] all(java.util.function.Function<Curve, DoubleStream> values) {
    return curves.stream().flatMapToDouble(values).toArray();
  }

  private static void legend(Svg svg, Curve curve, double y) {
    Marker marker = Marker.of(curve.series());
    svg.empty(
        "path",
        "class",
        marker.cssClass(),
        "fill",
        marker.colour(),
        "d",
        marker.path(),
        "transform",
        Svg.translate(80, y));
    svg.words(
        "ink",
        FigureStyle.INK,
        Drawing.shortened(curve.label(), LONGEST_LABEL),
        "x",
        94.0,
        "y",
        y + 4);
  }

  private static void draw(Svg svg, PlotFrame frame, Curve curve) {
    Marker marker = Marker.of(curve.series());
    List<Point> points = curve.points();
    svg.open("g").text("title", curve.label());
    if (points.stream().anyMatch(p -> p.spread() > 0)) {
      StringBuilder band = new StringBuilder();
      for (Point p : points) {
        band.append(band.isEmpty() ? "M" : "L").append(at(frame, p.x(), p.y() + p.spread()));
      }
      List<Point> back = new ArrayList<>(points);
      java.util.Collections.reverse(back);
      back.forEach(p -> band.append("L").append(at(frame, p.x(), p.y() - p.spread())));
      svg.empty(
          "path",
          "class",
          marker.cssClass(),
          "fill",
          marker.colour(),
          "fill-opacity",
          "0.16",
          "d",
          band + "z");
    }
    StringBuilder line = new StringBuilder();
    points.forEach(p -> line.append(line.isEmpty() ? "M" : "L").append(at(frame, p.x(), p.y())));
    svg.empty(
        "path",
        "class",
        marker.strokeClass(),
        "stroke",
        marker.colour(),
        "stroke-width",
        "2",
        "fill",
        "none",
        "d",
        line);
    for (int i = 1; i <= 3; i++) {
      Point p = points.get((points.size() - 1) * i / 3);
      svg.empty(
          "path",
          "class",
          marker.cssClass(),
          "fill",
          marker.colour(),
          "d",
          marker.path(),
          "transform",
          Svg.translate(frame.x(p.x()), frame.y(p.y())) + " scale(0.8)");
    }
    svg.close("g");
  }

  private static String at(PlotFrame frame, double x, double y) {
    return Svg.number(frame.x(x)) + " " + Svg.number(frame.y(y));
  }
}
