package albert.reports.figure;

import albert.reports.figure.LabelPlacement.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws a {@link ScatterPlot}. A line so far off that it would press the marks together is named in
 * the note instead of drawn, and so is a name that finds no free place.
 */
final class ScatterDrawing {
  private static final double PLOT_HEIGHT = 330;
  private static final double TOP = 14;
  private static final double WIDE_LABEL = 165;
  private static final double NARROW_LABEL = 125;
  private static final double LINE_LABEL_WIDTH = 330;
  private static final int MOST_LABELS = 40;
  private static final double CAP = 4;
  private static final double MARK = 8;
  private static final double DOT = 0.55;
  private static final double DOT_OPACITY = 0.45;
  private static final String DOTTED = "2 3";

  private static final int MOST_ROUNDS = 16;

  private final ScatterPlot plot;
  private final String xText;
  private final List<ReferenceLine> lines;
  private final List<ScatterPoint> front;
  private final Box box;
  private final PlotFrame frame;
  private final LabelPlacement placement;
  private final List<Optional<Place>> lineLabels = new ArrayList<>();
  private List<Optional<Place>> pointLabels = List.of();

  ScatterDrawing(ScatterPlot plot) {
    this.plot = plot;
    xText = plot.x().text() + (plot.x().logarithmic() ? " (logarithmic scale)" : "");
    front = plot.front().of(plot.points());
    double[] heights = plot.points().stream().flatMapToDouble(ScatterPoint::heights).toArray();
    lines = ReferenceLine.near(plot.lines(), heights);
    Axis xAxis = axis(plot.x(), plot.points().stream().flatMapToDouble(this::horizontalEnds));
    DoubleStream references = lines.stream().mapToDouble(ReferenceLine::value);
    Axis yAxis = axis(plot.y(), DoubleStream.concat(DoubleStream.of(heights), references));
    box = new Box(PlotFrame.leftOf(yAxis), TOP, Drawing.WIDTH - 18, TOP + PLOT_HEIGHT);
    frame = new PlotFrame(box, xAxis, yAxis);
    placement = new LabelPlacement(box);
    reserveMarks();
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

  private void reserveMarks() {
    for (ScatterPoint point : plot.points()) {
      double x = frame.x(point.x());
      double y = frame.y(point.y());
      placement.reserveMark(x, y, MARK);
      double[] ends = point.heights().map(frame::y).sorted().toArray();
      placement.reserve(new Box(x - CAP, ends[0] - 1, x + CAP, ends[ends.length - 1] + 1));
      double[] sides = horizontalEnds(point).map(frame::x).toArray();
      placement.reserve(new Box(sides[0], y - CAP, sides[1], y + CAP));
    }
    for (int i = 1; i < front.size(); i++) {
      ScatterPoint from = front.get(i - 1);
      ScatterPoint to = front.get(i);
      placement.reserve(
          new Segment(frame.x(from.x()), frame.y(from.y()), frame.x(to.x()), frame.y(to.y())));
    }
  }

  private void placeLabels() {
    for (ReferenceLine line : lines) {
      String shown = TextWidth.shortened(line.label(), LINE_LABEL_WIDTH, FigureStyle.SMALL_SIZE);
      lineLabels.add(placement.placeAtEnd(shown, frame.y(line.value())));
    }
    for (ReferenceLine line : lines) {
      double y = frame.y(line.value());
      placement.reserve(new Box(box.left(), y - 1, box.right(), y + 1));
    }
    List<Integer> order =
        new ArrayList<>(
            IntStream.range(0, plot.points().size()).filter(this::isNamed).boxed().toList());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Optional<Place>> places = places(order);
      if (pointLabels.isEmpty() || count(places) > count(pointLabels)) {
        pointLabels = places;
      }
      List<Integer> without = order.stream().filter(i -> places.get(i).isEmpty()).toList();
      if (without.isEmpty()) {
        break;
      }
      order.removeAll(without); // the next time they choose first
      order.addAll(0, without);
    }
  }

  private static long count(List<Optional<Place>> places) {
    return places.stream().filter(Optional::isPresent).count();
  }

  private boolean isNamed(int point) {
    return !isCrowded() || front.contains(plot.points().get(point));
  }

  /** A place for the name of each point, chosen in an order. */
  private List<Optional<Place>> places(List<Integer> order) {
    LabelPlacement free = placement.copy();
    List<Optional<Place>> places =
        new ArrayList<>(Collections.nCopies(plot.points().size(), Optional.empty()));
    for (int i : order) {
      ScatterPoint point = plot.points().get(i);
      double x = frame.x(point.x());
      double y = frame.y(point.y());
      places.set(
          i,
          free.place(lines(point, WIDE_LABEL, 2), x, y)
              .or(() -> free.place(lines(point, NARROW_LABEL, 3), x, y)));
    }
    return places;
  }

  private static List<String> lines(ScatterPoint point, double width, int most) {
    return TextWidth.lines(point.label(), width, FigureStyle.SMALL_SIZE, most);
  }

  /** What could not be drawn; empty if all was. */
  private String note() {
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
            ReferenceLine.outside(plot.lines(), lines),
            unnamed.isEmpty() ? "" : "No room for the names of " + String.join(", ", unnamed) + ".",
            isCrowded() ? "Names stand at the points that no other one beats alone." : "")
        .filter(sentence -> !sentence.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** More points than names can tell apart: only those of the front get theirs. */
  private boolean isCrowded() {
    return plot.front() != Front.NONE && plot.points().size() > MOST_LABELS;
  }

  Figure figure() {
    Legend legend = legend();
    double legendTop = box.bottom() + PlotFrame.below(xText);
    double height = legendTop + legend.height();
    return new Drawing(plot.name(), plot.title(), plot.description(), Drawing.WIDTH, height)
        .figure(
            note(),
            canvas -> {
              frame.draw(canvas, xText, plot.y().text());
              drawLines(canvas);
              drawFront(canvas);
              drawLabels(canvas);
              plot.points().forEach(p -> canvas.group(p.tooltip(), () -> drawPoint(canvas, p)));
              legend.draw(canvas, legendTop);
            });
  }

  private Legend legend() {
    Legend legend = new Legend(12, Drawing.WIDTH - 12);
    if (front.size() > 1) {
      legend.add(
          "Pareto front of the means",
          (canvas, x1, x2, y) -> canvas.line(frontLook(), x1, y, x2, y));
    }
    if (plot.points().stream().anyMatch(p -> !p.values().isEmpty())) {
      legend.add(
          "small dots: seeds, mark: their mean",
          (canvas, x1, x2, y) -> dot(canvas, Marker.SLAB, (x1 + x2) / 2, y));
    }
    return legend;
  }

  private static Look frontLook() {
    return Look.AXIS.wide(1.4).dashed(DOTTED);
  }

  /** Joins the points that no other one beats. */
  private void drawFront(Canvas canvas) {
    StringBuilder line = new StringBuilder();
    for (ScatterPoint point : front) {
      line.append(line.isEmpty() ? "M" : "L")
          .append(Svg.number(frame.x(point.x())))
          .append(' ')
          .append(Svg.number(frame.y(point.y())));
    }
    if (front.size() > 1) {
      canvas.path(frontLook(), line.toString());
    }
  }

  private void drawLines(Canvas canvas) {
    for (int i = 0; i < lines.size(); i++) {
      double y = frame.y(lines.get(i).value());
      canvas.line(Look.AXIS.dashed("6 4"), box.left(), y, box.right(), y);
      lineLabels.get(i).ifPresent(place -> place.draw(canvas, true));
    }
  }

  private void drawLabels(Canvas canvas) {
    for (int i = 0; i < plot.points().size(); i++) {
      ScatterPoint point = plot.points().get(i);
      Optional<Place> label = pointLabels.get(i);
      if (label.isPresent() && label.get().far()) {
        Segment leader =
            LabelPlacement.leader(frame.x(point.x()), frame.y(point.y()), label.get().box());
        canvas.line(Look.AXIS, leader.x1(), leader.y1(), leader.x2(), leader.y2());
      }
      label.ifPresent(place -> place.draw(canvas, false));
    }
  }

  private void drawPoint(Canvas canvas, ScatterPoint point) {
    Marker marker = Marker.of(point.series());
    double x = frame.x(point.x());
    double y = frame.y(point.y());
    String bars = "";
    if (point.values().isEmpty() && point.yError() > 0) {
      double top = frame.y(point.y() + point.yError());
      bars += bar(x, top, x, frame.y(point.y() - point.yError()), CAP, 0);
    }
    if (point.xError() > 0) {
      double[] ends = horizontalEnds(point).map(frame::x).toArray();
      bars += bar(ends[0], y, ends[1], y, 0, CAP);
    }
    if (!bars.isEmpty()) {
      canvas.path(marker.stroked().wide(1.5), bars);
    }
    point.values().forEach(value -> dot(canvas, marker, x, frame.y(value)));
    canvas.mark(marker, x, y);
  }

  private static void dot(Canvas canvas, Marker marker, double x, double y) {
    canvas.path(marker.filled().faint(DOT_OPACITY), Marker.DISC.path(), x, y, DOT);
  }

  private static String bar(double x1, double y1, double x2, double y2, double capX, double capY) {
    return Svg.stroke(x1, y1, x2, y2)
        + Svg.stroke(x1 - capX, y1 - capY, x1 + capX, y1 + capY)
        + Svg.stroke(x2 - capX, y2 - capY, x2 + capX, y2 + capY);
  }
}
