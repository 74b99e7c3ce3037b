package albert.reports.figure;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Differences from a baseline, a line each with its interval, and a vertical line at 0. A thin,
 * longer interval, where there is one, holds for all lines at once.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param x words at the axis
 * @param lines from top to bottom, at least one
 * @param margin half the width of the band around 0 in which a difference is too small to matter; 0
 *     for none
 */
public record IntervalPlot(
    String name, String title, String description, String x, List<Line> lines, double margin) {
  private static final double ROW_HEIGHT = 38;
  private static final double CAP = 5;
  private static final double OUTER_CAP = 4;

  public IntervalPlot {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("figure '" + name + "' has no lines, one is needed");
    }
    if (!(margin >= 0) || !Double.isFinite(margin)) {
      throw new IllegalArgumentException(
          "figure '" + name + "' has margin " + margin + ", allowed are 0 and more");
    }
  }

  /** A plot without a band around 0. */
  public IntervalPlot(String name, String title, String description, String x, List<Line> lines) {
    this(name, title, description, x, lines, 0);
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
   * @param outerLow end of the interval that holds for all lines at once; low without one
   * @param outerHigh end of the interval that holds for all lines at once; high without one
   * @param tooltip what it stands for in words
   */
  public record Line(
      String label,
      String detail,
      int series,
      double value,
      double low,
      double high,
      double outerLow,
      double outerHigh,
      String tooltip) {
    public Line {
      if (!isOrdered(outerLow, low, value, high, outerHigh)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "line '%s' is %s in %s to %s in %s to %s",
                label,
                value,
                low,
                high,
                outerLow,
                outerHigh));
      }
    }

    /** A difference with one interval. */
    public Line(
        String label,
        String detail,
        int series,
        double value,
        double low,
        double high,
        String tooltip) {
      this(label, detail, series, value, low, high, low, high, tooltip);
    }

    private static boolean isOrdered(double... values) {
      for (int i = 1; i < values.length; i++) {
        if (!(values[i - 1] <= values[i])) {
          return false;
        }
      }
      return Double.isFinite(values[0]) && Double.isFinite(values[values.length - 1]);
    }

    private boolean hasInner() {
      return high > low;
    }

    private boolean hasOuter() {
      return outerLow < low || outerHigh > high;
    }
  }

  /** The drawing. */
  public Figure draw() {
    RowLabels labels = new RowLabels(12);
    lines.forEach(line -> labels.add(line.label(), line.detail(), ROW_HEIGHT));
    Box box = new Box(labels.right(), 8, Drawing.WIDTH - 18, labels.bottom());
    DoubleStream ends =
        lines.stream().flatMapToDouble(l -> DoubleStream.of(l.outerLow(), l.outerHigh()));
    Axis axis =
        Axis.linear(
            DoubleStream.concat(DoubleStream.of(-margin, 0, margin), ends).distinct().toArray());
    PlotFrame frame = new PlotFrame(box, axis, new Axis(false, 0, lines.size(), List.of()));
    Legend legend = legend();
    double legendTop = box.bottom() + PlotFrame.below(x);
    return new Drawing(name, title, description, Drawing.WIDTH, legendTop + legend.height())
        .figure(
            "",
            canvas -> {
              if (margin > 0) {
                canvas.box(
                    Look.SHADE,
                    new Box(frame.x(-margin), box.top(), frame.x(margin), box.bottom()));
              }
              frame.draw(canvas, x, "");
              canvas.line(Look.AXIS, frame.x(0), box.top(), frame.x(0), box.bottom());
              labels.draw(canvas);
              for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                double y = labels.y(i);
                canvas.group(line.tooltip(), () -> draw(canvas, frame, line, y));
              }
              legend.draw(canvas, legendTop);
            });
  }

  /** Says what is there, and nothing else. */
  private Legend legend() {
    Legend legend = new Legend(12, Drawing.WIDTH - 12);
    boolean outer = lines.stream().anyMatch(Line::hasOuter);
    if (lines.stream().anyMatch(Line::hasInner) && (outer || margin > 0)) {
      legend.add(
          outer ? "thick: interval of each alone" : "interval",
          (canvas, x1, x2, y) -> bar(canvas, Look.RULE.wide(3), x1, x2, y, 0));
    }
    if (outer) {
      legend.add(
          "thin: interval of all at once",
          (canvas, x1, x2, y) -> bar(canvas, Look.RULE, x1, x2, y, OUTER_CAP));
    }
    if (margin > 0) {
      legend.add(
          "shaded: within ±" + Quantity.plain(margin),
          (canvas, x1, x2, y) -> canvas.box(Look.SHADE, new Box(x1, y - 7, x2, y + 7)));
    }
    return legend;
  }

  private static void draw(Canvas canvas, PlotFrame frame, Line line, double y) {
    Marker marker = Marker.of(line.series());
    if (line.hasOuter()) {
      double left = frame.x(line.outerLow());
      bar(canvas, marker.stroked(), left, frame.x(line.outerHigh()), y, OUTER_CAP);
    }
    if (line.hasInner()) {
      double left = frame.x(line.low());
      double cap = line.hasOuter() ? 0 : CAP;
      double width = line.hasOuter() ? 3.5 : 2;
      bar(canvas, marker.stroked().wide(width), left, frame.x(line.high()), y, cap);
    }
    canvas.mark(marker, frame.x(line.value()), y);
  }

  private static void bar(Canvas canvas, Look look, double x1, double x2, double y, double cap) {
    String ends =
        cap == 0 ? "" : Svg.stroke(x1, y - cap, x1, y + cap) + Svg.stroke(x2, y - cap, x2, y + cap);
    canvas.path(look, Svg.stroke(x1, y, x2, y) + ends);
  }
}
