package albert.reports.figure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Single values of few seeds, or of several tasks: a row a variant, a dot a seed, and a stroke at
 * the mean, with its interval where there is one. It says more than mean and deviation, which hide
 * how few values there are and how they lie.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param x words at the axis
 * @param rows from top to bottom, at least one
 * @param dots what the dots are
 * @param lines vertical lines to compare with
 */
public record SeedPlot(
    String name,
    String title,
    String description,
    String x,
    List<Row> rows,
    Dots dots,
    List<ReferenceLine> lines) {
  private static final double ROW_HEIGHT = 40;
  private static final double LABEL_HEIGHT = 18;
  private static final double DOT = 0.8;
  private static final double RADIUS = 5.5 * DOT;
  private static final double[] SHIFTS = {0, 5, -5, 10, -10, 14, -14};
  private static final double MEAN = 13;
  private static final double CAP = 5;

  public SeedPlot {
    rows = List.copyOf(rows);
    lines = List.copyOf(lines);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("figure '" + name + "' has no rows, one is needed");
    }
  }

  /** What the dots are. */
  public enum Dots {
    /** A seed each. */
    SEEDS,
    /** A seed each, and thin lines join those of one seed in rows that follow each other. */
    PAIRS,
    /** A task each, with a mark of its own that the legend names. */
    TASKS
  }

  /**
   * A variant.
   *
   * @param label its name
   * @param series number of its look
   * @param seeds its values, at least one
   * @param low end of the mean's interval; NaN without one
   * @param high end of the mean's interval; NaN without one
   * @param tooltip what it stands for in words
   */
  public record Row(
      String label, int series, List<Seed> seeds, double low, double high, String tooltip) {
    /** A variant whose mean has no interval. */
    public Row(String label, int series, List<Seed> seeds, String tooltip) {
      this(label, series, seeds, Double.NaN, Double.NaN, tooltip);
    }

    public Row {
      seeds = List.copyOf(seeds);
      if (seeds.isEmpty()) {
        throw new IllegalArgumentException("row '" + label + "' has no seeds, one is needed");
      }
    }

    private double mean() {
      return seeds.stream().mapToDouble(Seed::value).average().orElseThrow();
    }

    private boolean hasInterval() {
      return low < high;
    }

    /** All that the axis has to hold. */
    private DoubleStream values() {
      DoubleStream own = seeds.stream().mapToDouble(Seed::value);
      return hasInterval() ? DoubleStream.concat(own, DoubleStream.of(low, high)) : own;
    }
  }

  /**
   * The value of a seed, or on a task.
   *
   * @param key what the seed or task is called; equal keys in two rows are one
   * @param value finite
   */
  public record Seed(String key, double value) {
    public Seed {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "seed '%s' is %s, allowed are finite numbers", key, value));
      }
    }
  }

  private record Dot(String key, double x, double y) {}

  /** The drawing. */
  public Figure draw() {
    double[] values = rows.stream().flatMapToDouble(Row::values).toArray();
    List<ReferenceLine> near = ReferenceLine.near(lines, values);
    RowLabels labels = new RowLabels(12 + LABEL_HEIGHT * near.size());
    rows.forEach(row -> labels.add(row.label(), "", ROW_HEIGHT));
    Box box = new Box(labels.right(), 8, Drawing.WIDTH - 18, labels.bottom());
    DoubleStream references = near.stream().mapToDouble(ReferenceLine::value);
    Axis axis = Axis.linear(DoubleStream.concat(DoubleStream.of(values), references).toArray());
    PlotFrame frame = new PlotFrame(box, axis, new Axis(false, 0, rows.size(), List.of()));
    List<List<Dot>> placed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      placed.add(dots(frame, rows.get(i), labels.y(i)));
    }
    Legend legend = legend();
    double legendTop = box.bottom() + PlotFrame.below(x);
    return new Drawing(name, title, description, Drawing.WIDTH, legendTop + legend.height())
        .figure(
            ReferenceLine.outside(lines, near),
            canvas -> {
              frame.draw(canvas, x, "");
              references(canvas, frame, near);
              labels.draw(canvas);
              if (dots == Dots.PAIRS) {
                joins(canvas, placed);
              }
              for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                List<Dot> own = placed.get(i);
                double y = labels.y(i);
                canvas.group(row.tooltip(), () -> row(canvas, frame, row, own, y));
              }
              legend.draw(canvas, legendTop);
            });
  }

  /** Dots that would lie on each other are moved up and down a little, always in the same way. */
  private static List<Dot> dots(PlotFrame frame, Row row, double middle) {
    List<Dot> placed = new ArrayList<>();
    for (Seed seed : row.seeds()) {
      double at = frame.x(seed.value());
      double y = middle;
      for (double shift : SHIFTS) {
        double moved = middle + shift;
        if (placed.stream().noneMatch(d -> Math.hypot(d.x() - at, d.y() - moved) < RADIUS)) {
          y = moved;
          break;
        }
      }
      placed.add(new Dot(seed.key(), at, y));
    }
    return placed;
  }

  private Legend legend() {
    Legend legend = new Legend(12, Drawing.WIDTH - 12);
    if (dots == Dots.TASKS) {
      for (String task : tasks()) {
        legend.add(task, (canvas, x1, x2, y) -> task(canvas, task, (x1 + x2) / 2, y));
      }
    } else {
      legend.add("a seed", (canvas, x1, x2, y) -> dot(canvas, Marker.SLAB, (x1 + x2) / 2, y));
    }
    legend.add("mean", (canvas, x1, x2, y) -> mean(canvas, (x1 + x2) / 2, y, 8));
    if (rows.stream().anyMatch(Row::hasInterval)) {
      legend.add("its interval", SeedPlot::interval);
    }
    if (dots == Dots.PAIRS) {
      legend.add("the same seed", (canvas, x1, x2, y) -> canvas.line(join(), x1, y, x2, y));
    }
    return legend;
  }

  /** Each name has a line of its own above the rows, so that it covers no dot and no other one. */
  private static void references(Canvas canvas, PlotFrame frame, List<ReferenceLine> near) {
    Box box = frame.box();
    for (int i = 0; i < near.size(); i++) {
      double at = frame.x(near.get(i).value());
      double y = box.top() + LABEL_HEIGHT * (i + 1) - 4;
      canvas.line(Look.AXIS.dashed("6 4"), at, y - 8, at, box.bottom());
      boolean isRight = at - box.left() < box.right() - at;
      double room = (isRight ? box.right() - at : at - box.left()) - 10;
      String shown = TextWidth.shortened(near.get(i).label(), room, FigureStyle.SMALL_SIZE);
      Words words = Words.at(isRight ? at + 6 : at - 6, y, shown).asSoft().small().withHalo();
      canvas.words(isRight ? words : words.end());
    }
  }

  private static void joins(Canvas canvas, List<List<Dot>> placed) {
    for (int i = 1; i < placed.size(); i++) {
      Map<String, Dot> above = new HashMap<>();
      placed.get(i - 1).forEach(dot -> above.put(dot.key(), dot));
      for (Dot dot : placed.get(i)) {
        Dot other = above.get(dot.key());
        if (other != null) {
          canvas.line(join(), other.x(), other.y(), dot.x(), dot.y());
        }
      }
    }
  }

  private void row(Canvas canvas, PlotFrame frame, Row row, List<Dot> placed, double y) {
    if (row.hasInterval()) {
      interval(canvas, frame.x(row.low()), frame.x(row.high()), y);
    }
    mean(canvas, frame.x(row.mean()), y, MEAN);
    Marker marker = Marker.of(row.series());
    for (Dot dot : placed) {
      if (dots == Dots.TASKS) {
        task(canvas, dot.key(), dot.x(), dot.y());
      } else {
        dot(canvas, marker, dot.x(), dot.y());
      }
    }
  }

  /** The tasks in the order of their marks. */
  private List<String> tasks() {
    return rows.stream().flatMap(row -> row.seeds().stream()).map(Seed::key).distinct().toList();
  }

  /** Where there are more tasks than marks, the next round of marks is hollow. */
  private void task(Canvas canvas, String task, double x, double y) {
    int number = tasks().indexOf(task);
    Marker marker = Marker.of(number);
    boolean hollow = number >= Marker.values().length;
    canvas.path(hollow ? marker.stroked() : marker.filled(), marker.path(), x, y, 1);
  }

  private static void interval(Canvas canvas, double left, double right, double y) {
    String ends =
        Svg.stroke(left, y - CAP, left, y + CAP) + Svg.stroke(right, y - CAP, right, y + CAP);
    canvas.path(Look.RULE, Svg.stroke(left, y, right, y) + ends);
  }

  private static Look join() {
    return Look.AXIS.faint(0.55);
  }

  private static void mean(Canvas canvas, double x, double y, double half) {
    canvas.line(Look.RULE.wide(2.5), x, y - half, x, y + half);
  }

  private static void dot(Canvas canvas, Marker marker, double x, double y) {
    canvas.path(marker.filled().faint(0.75), Marker.DISC.path(), x, y, DOT);
  }
}
