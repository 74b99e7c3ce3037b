package albert.reports.figure;

import albert.reports.figure.LabelPlacement.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Draws a {@link ScatterPlot}. A line so far off that it would press the marks together is named in
 * the note instead of drawn, and so is a name that finds no free place.
 */
final class ScatterDrawing {
  private static final double WIDTH = 720;
  private static final double HEIGHT = 420;
  private static final Box PLOT = new Box(70, 18, WIDTH - 22, HEIGHT - 58);
  private static final int LONGEST_LABEL = 40;
  private static final int MOST_LABELS = 40;
  private static final double CAP = 4;
  private static final double MARK = 8;

  private final ScatterPlot plot;
  private final List<ReferenceLine> lines;
  private final PlotFrame frame;
  private final LabelPlacement placement = new LabelPlacement(PLOT);
  private final List<Optional<Place>> lineLabels = new ArrayList<>();
  private final List<Optional<Place>> pointLabels = new ArrayList<>();

  ScatterDrawing(ScatterPlot plot) {
    this.plot = plot;
    double[] heights =
        plot.points().stream()
            .flatMapToDouble(p -> DoubleStream.of(p.y() - p.yError(), p.y() + p.yError()))
            .toArray();
    lines = near(plot.lines(), heights);
    Axis xAxis = axis(plot.x(), plot.points().stream().flatMapToDouble(this::horizontalEnds));
    Axis yAxis =
        axis(
            plot.y(),
            DoubleStream.concat(
                DoubleStream.of(heights), lines.stream().mapToDouble(ReferenceLine::y)));
    frame = new PlotFrame(PLOT, xAxis, yAxis);
    placeLabels();
  }

  private static Axis axis(ScatterPlot.AxisTitle title, DoubleStream values) {
    return title.logarithmic() ? Axis.logarithmic(values.toArray()) : Axis.linear(values.toArray());
  }

  private DoubleStream horizontalEnds(ScatterPoint point) {
    double low = point.x() - point.xError();
    boolean shown = low > 0 || !plot.x().logarithmic();
    return DoubleStream.of(shown ? low : point.x(), point.x() + point.xError());
  }

  private static List<ReferenceLine> near(List<ReferenceLine> lines, double[] heights) {
    double low = DoubleStream.of(heights).min().orElseThrow();
    double high = DoubleStream.of(heights).max().orElseThrow();
    double reach = Math.max(high - low, Math.abs(high) * 0.02);
    return lines.stream().filter(l -> l.y() >= low - reach && l.y() <= high + reach).toList();
  }

  private void placeLabels() {
    for (ScatterPoint point : plot.points()) {
      placement.reserve(Box.around(frame.x(point.x()), frame.y(point.y()), MARK, MARK));
      double top = frame.y(point.y() + point.yError());
      double bottom = frame.y(point.y() - point.yError());
      placement.reserve(new Box(frame.x(point.x()) - CAP, top, frame.x(point.x()) + CAP, bottom));
      double[] ends = horizontalEnds(point).map(frame::x).toArray();
      placement.reserve(
          new Box(ends[0], frame.y(point.y()) - CAP, ends[1], frame.y(point.y()) + CAP));
    }
    for (ReferenceLine line : lines) {
      lineLabels.add(
          placement.placeAtEnd(Drawing.shortened(line.label(), LONGEST_LABEL), frame.y(line.y())));
    }
    for (ReferenceLine line : lines) {
      placement.reserve(
          new Box(PLOT.left(), frame.y(line.y()) - 1, PLOT.right(), frame.y(line.y()) + 1));
    }
    List<ScatterPoint> front = plot.front().of(plot.points());
    for (ScatterPoint point : plot.points()) {
      if (isCrowded() && !front.contains(point)) {
        pointLabels.add(Optional.empty());
        continue;
      }
      pointLabels.add(
          placement.place(
              Drawing.shortened(point.label(), LONGEST_LABEL),
              frame.x(point.x()),
              frame.y(point.y())));
    }
  }

  /** What could not be drawn; empty if all was. */
  private String note() {
    List<String> outside =
        plot.lines().stream().filter(l -> !lines.contains(l)).map(ReferenceLine::label).toList();
    List<String> unnamed = new ArrayList<>();
    for (int i = 0; i < pointLabels.size(); i++) {
      if (pointLabels.get(i).isEmpty() && !isCrowded()) {
        unnamed.add(plot.points().get(i).label());
      }
    }
    for (int i = 0; i < lineLabels.size(); i++) {
      if (lineLabels.get(i).isEmpty()) {
        unnamed.add(lines.get(i).label());
      }
    }
    return Stream.of(
            sentence("Outside the picture: ", outside),
            sentence("No room for the names of ", unnamed),
            isCrowded() ? "Names stand at the points that no other one beats alone." : "")
        .filter(sentence -> !sentence.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** More points than names can tell apart: only those of the front get theirs. */
  private boolean isCrowded() {
    return plot.front() != Front.NONE && plot.points().size() > MOST_LABELS;
  }

  private static String sentence(String beginning, List<String> names) {
    return names.isEmpty() ? "" : beginning + String.join(", ", names) + ".";
  }

  Figure figure() {
    return new Drawing(plot.name(), plot.title(), plot.description(), WIDTH, HEIGHT)
        .figure(
            note(),
            svg -> {
              frame.draw(svg, plot.x().text(), plot.y().text());
              drawLines(svg);
              drawFront(svg);
              drawLabels(svg);
              drawPoints(svg);
            });
  }

  /** Joins the points that no other one beats. */
  private void drawFront(Svg svg) {
    StringBuilder line = new StringBuilder();
    for (ScatterPoint point : plot.front().of(plot.points())) {
      line.append(line.isEmpty() ? "M" : "L")
          .append(Svg.number(frame.x(point.x())))
          .append(' ')
          .append(Svg.number(frame.y(point.y())));
    }
    if (line.indexOf("L") >= 0) {
      svg.empty(
          "path",
          "class",
          "axis",
          "stroke",
          FigureStyle.SOFT,
          "stroke-width",
          "1.2",
          "stroke-dasharray",
          "2 3",
          "fill",
          "none",
          "d",
          line);
    }
  }

  private void drawLines(Svg svg) {
    for (int i = 0; i < lines.size(); i++) {
      ReferenceLine line = lines.get(i);
      double y = frame.y(line.y());
      svg.open("g", "stroke-dasharray", "6 4");
      svg.line("axis", FigureStyle.SOFT, PLOT.left(), y, PLOT.right(), y);
      svg.close("g");
      lineLabels
          .get(i)
          .ifPresent(place -> label(svg, "soft", FigureStyle.SOFT, place, line.label()));
    }
  }

  private void drawLabels(Svg svg) {
    for (int i = 0; i < plot.points().size(); i++) {
      ScatterPoint point = plot.points().get(i);
      pointLabels
          .get(i)
          .ifPresent(
              place -> {
                if (place.far()) {
                  leader(svg, frame.x(point.x()), frame.y(point.y()), place.box());
                }
                label(svg, "ink", FigureStyle.INK, place, point.label());
              });
    }
  }

  private void drawPoints(Svg svg) {
    for (ScatterPoint point : plot.points()) {
      Marker marker = Marker.of(point.series());
      svg.open("g").text("title", point.tooltip());
      drawBars(svg, point, marker);
      svg.empty(
          "path",
          "class",
          marker.cssClass(),
          "fill",
          marker.colour(),
          "d",
          marker.path(),
          "transform",
          Svg.translate(frame.x(point.x()), frame.y(point.y())));
      svg.close("g");
    }
  }

  private void drawBars(Svg svg, ScatterPoint point, Marker marker) {
    double x = frame.x(point.x());
    double y = frame.y(point.y());
    StringBuilder bars = new StringBuilder();
    if (point.yError() > 0) {
      double top = frame.y(point.y() + point.yError());
      double bottom = frame.y(point.y() - point.yError());
      bars.append(bar(x, top, x, bottom, CAP, 0));
    }
    if (point.xError() > 0) {
      double[] ends = horizontalEnds(point).map(frame::x).toArray();
      bars.append(bar(ends[0], y, ends[1], y, 0, CAP));
    }
    if (bars.length() > 0) {
      svg.empty(
          "path",
          "class",
          marker.strokeClass(),
          "stroke",
          marker.colour(),
          "stroke-width",
          "1.5",
          "d",
          bars);
    }
  }

  private static String bar(double x1, double y1, double x2, double y2, double capX, double capY) {
    return Svg.stroke(x1, y1, x2, y2)
        + Svg.stroke(x1 - capX, y1 - capY, x1 + capX, y1 + capY)
        + Svg.stroke(x2 - capX, y2 - capY, x2 + capX, y2 + capY);
  }

  private static void leader(Svg svg, double x, double y, Box box) {
    double endX = Math.min(Math.max(x, box.left()), box.right());
    double endY = Math.min(Math.max(y, box.top()), box.bottom());
    svg.line("axis", FigureStyle.SOFT, x, y, endX, endY);
  }

  private static void label(Svg svg, String css, String colour, Place place, String text) {
    svg.words(
        css + " halo",
        colour,
        Drawing.shortened(text, LONGEST_LABEL),
        "stroke",
        FigureStyle.GROUND,
        "stroke-width",
        "3",
        "paint-order",
        "stroke",
        "x",
        place.x(),
        "y",
        place.baseline());
  }
}
