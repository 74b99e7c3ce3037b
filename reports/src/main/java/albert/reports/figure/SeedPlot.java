package albert.reports.figure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Single values of few seeds: a row a variant, a dot a seed, and a stroke at the mean. It says more
 * than mean and deviation, which hide how few values there are and how they lie.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param x words at the axis
 * @param rows from top to bottom, at least one
 * @param pairs whether thin lines join the dots of one seed in rows that follow each other
 * @param lines vertical lines to compare with
 */
public record SeedPlot(
    String name,
    String title,
    String description,
    String x,
    List<Row> rows,
    boolean pairs,
    List<ReferenceLine> lines) {
  private static final double ROW_HEIGHT = 40;
  private static final double LABEL_HEIGHT = 18;
  private static final double DOT = 0.8;
  private static final double RADIUS = 5.5 * DOT;
  private static final double[] SHIFTS = {0, 5, -5, 10, -10, 14, -14};
  private static final double MEAN = 13;

  public SeedPlot {
    rows = List.copyOf(rows);
    lines = List.copyOf(lines);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("figure '" + name + "' has no rows, one is needed");
    }
  }

  /**
   * A variant.
   *
   * @param label its name
   * @param series number of its look
   * @param seeds its values, at least one
   * @param tooltip what it stands for in words
   */
  public record Row(String label, int series, List<Seed> seeds, String tooltip) {
    public Row {
      seeds = List.copyOf(seeds);
      if (seeds.isEmpty()) {
        throw new IllegalArgumentException("row '" + label + "' has no seeds, one is needed");
      }
    }

    private double mean() {
      return seeds.stream().mapToDouble(Seed::value).average().orElseThrow();
    }
  }

  /**
   * The value of a seed.
   *
   * @param key what the seed is called; equal keys in two rows are one seed
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
    double[] values =
        rows.stream().flatMap(r -> r.seeds().stream()).mapToDouble(Seed::value).toArray();
    List<ReferenceLine> near = ReferenceLine.near(lines, values);
    RowLabels labels = new RowLabels(12 + LABEL_HEIGHT * near.size());
    rows.forEach(row -> labels.add(row.label(), "", ROW_HEIGHT));
    Box box = new Box(labels.right(), 8, Drawing.WIDTH - 18, labels.bottom());
    DoubleStream references = near.stream().mapToDouble(ReferenceLine::value);
    Axis axis = Axis.linear(DoubleStream.concat(DoubleStream.of(values), references).toArray());
    PlotFrame frame = new PlotFrame(box, axis, new Axis(false, 0, rows.size(), List.of()));
    List<List<Dot>> dots = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      dots.add(dots(frame, rows.get(i), labels.y(i)));
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
              if (pairs) {
                joins(canvas, dots);
              }
              for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                List<Dot> own = dots.get(i);
                double y = labels.y(i);
                canvas.group(row.tooltip(), () -> row(canvas, frame, row, own, y));
              }
              legend.draw(canvas, legendTop);
            });
  }

  /** Dots that would lie on each other are moved up and down a little, always in the same way. */
  private static List<Dot> dots(PlotFrame frame, Row row, double middle) {
    List<Dot> dots = new ArrayList<>();
    for (Seed seed : row.seeds()) {
      double at = frame.x(seed.value());
      double y = middle;
      for (double shift : SHIFTS) {
        double moved = middle + shift;
        if (dots.stream().noneMatch(d -> Math.hypot(d.x() - at, d.y() - moved) < RADIUS)) {
          y = moved;
          break;
        }
      }
      dots.add(new Dot(seed.key(), at, y));
    }
    return dots;
  }

  private Legend legend() {
    Legend legend =
        new Legend(12, Drawing.WIDTH - 12)
            .add("a seed", (canvas, x1, x2, y) -> dot(canvas, Marker.SLAB, (x1 + x2) / 2, y))
            .add("mean", (canvas, x1, x2, y) -> mean(canvas, (x1 + x2) / 2, y, 8));
    if (pairs) {
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

  private static void joins(Canvas canvas, List<List<Dot>> dots) {
    for (int i = 1; i < dots.size(); i++) {
      Map<String, Dot> above = new HashMap<>();
      dots.get(i - 1).forEach(dot -> above.put(dot.key(), dot));
      for (Dot dot : dots.get(i)) {
        Dot other = above.get(dot.key());
        if (other != null) {
          canvas.line(join(), other.x(), other.y(), dot.x(), dot.y());
        }
      }
    }
  }

  private static void row(Canvas canvas, PlotFrame frame, Row row, List<Dot> dots, double y) {
    Marker marker = Marker.of(row.series());
    mean(canvas, frame.x(row.mean()), y, MEAN);
    dots.forEach(dot -> dot(canvas, marker, dot.x(), dot.y()));
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
