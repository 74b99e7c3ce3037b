package albert.reports.figure;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Differences from a baseline, a line each with its interval, and a vertical line at 0.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param x words at the axis
 * @param lines from top to bottom, at least one
 */
public record IntervalPlot(
    String name, String title, String description, String x, List<Line> lines) {
  private static final double WIDTH = 720;
  private static final double LEFT = 300;
  private static final double LINE_HEIGHT = 34;
  private static final int LONGEST_LABEL = 44;

  public IntervalPlot {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("figure '" + name + "' has no lines, one is needed");
    }
  }

  /**
   * A difference.
   *
   * @param label its name
   * @param detail what belongs to it, under the name
   * @param series number of its look
   * @param value the difference, finite
   * @param low end of its interval; the value itself without one
   * @param high end of its interval; the value itself without one
   * @param tooltip what it stands for in words
   */
  public record Line(
      String label,
      String detail,
      int series,
      double value,
      double low,
      double high,
      String tooltip) {
    public Line {
      if (!Double.isFinite(low) || !Double.isFinite(high) || !(low <= value && value <= high)) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "line '%s' is %s in %s to %s", label, value, low, high));
      }
    }
  }

  /** The drawing. */
  public Figure draw() {
    double bottom = 12 + LINE_HEIGHT * lines.size();
    Box box = new Box(LEFT, 8, WIDTH - 22, bottom);
    double[] values =
        DoubleStream.concat(
                DoubleStream.of(0),
                lines.stream().flatMapToDouble(l -> DoubleStream.of(l.low(), l.high())))
            .toArray();
    Axis axis = Axis.linear(values);
    PlotFrame frame = new PlotFrame(box, axis, new Axis(false, 0, lines.size(), List.of()));
    return new Drawing(name, title, description, WIDTH, bottom + 56)
        .figure(
            "",
            svg -> {
              frame.draw(svg, x, "");
              svg.line("axis", FigureStyle.SOFT, frame.x(0), box.top(), frame.x(0), bottom);
              for (int i = 0; i < lines.size(); i++) {
                draw(svg, frame, lines.get(i), 12 + LINE_HEIGHT * (i + 0.5));
              }
            });
  }

  private static void draw(Svg svg, PlotFrame frame, Line line, double y) {
    Marker marker = Marker.of(line.series());
    svg.words(
        "ink",
        FigureStyle.INK,
        Drawing.shortened(line.label(), LONGEST_LABEL),
        "text-anchor",
        "end",
        "x",
        LEFT - 12,
        "y",
        line.detail().isEmpty() ? y + 4 : y - 2);
    if (!line.detail().isEmpty()) {
      svg.words(
          "soft",
          FigureStyle.SOFT,
          Drawing.shortened(line.detail(), LONGEST_LABEL),
          "text-anchor",
          "end",
          "font-size",
          "11",
          "x",
          LEFT - 12,
          "y",
          y + 12);
    }
    svg.open("g").text("title", line.tooltip());
    if (line.high() > line.low()) {
      double left = frame.x(line.low());
      double right = frame.x(line.high());
      svg.empty(
          "path",
          "class",
          marker.strokeClass(),
          "stroke",
          marker.colour(),
          "stroke-width",
          "2",
          "d",
          Svg.stroke(left, y, right, y)
              + Svg.stroke(left, y - 5, left, y + 5)
              + Svg.stroke(right, y - 5, right, y + 5));
    }
    svg.empty(
        "path",
        "class",
        marker.cssClass(),
        "fill",
        marker.colour(),
        "d",
        marker.path(),
        "transform",
        Svg.translate(frame.x(line.value()), y));
    svg.close("g");
  }
}
