package albert.reports.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Average ranks of models over tasks, with bars over those that are not told apart: Demšar (2006),
 * "Statistical Comparisons of Classifiers over Multiple Data Sets", JMLR 7, figure 1. The best rank
 * is at the right, as there.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param models at least two, in any order
 * @param groups numbers of models, counted from 0, that are not told apart, at least two in each
 * @param difference the critical difference, drawn as a bar at the axis; 0 for none
 */
public record CriticalDifference(
    String name,
    String title,
    String description,
    List<Model> models,
    List<List<Integer>> groups,
    double difference) {
  private static final double LABELS = 158;
  private static final double GAP = 42;
  private static final double AXIS = 64;
  private static final double BAR = 9;
  private static final double ROW = 50;
  private static final int MOST_LINES = 3;
  private static final double TICK = 6;

  public CriticalDifference {
    models = List.copyOf(models);
    groups = groups.stream().map(List::copyOf).toList();
    if (models.size() < 2) {
      throw new IllegalArgumentException(
          "figure '" + name + "' has " + models.size() + " models, two are needed");
    }
    for (List<Integer> group : groups) {
      for (int model : group) {
        if (model < 0 || model >= models.size()) {
          throw new IllegalArgumentException(
              "figure '" + name + "' has no model " + model + ", only " + models.size());
        }
      }
    }
    if (!(difference >= 0) || !Double.isFinite(difference)) {
      throw new IllegalArgumentException(
          "figure '" + name + "' has difference " + difference + ", allowed are 0 and more");
    }
  }

  /**
   * A model.
   *
   * @param label its name
   * @param series number of its look
   * @param rank its average rank, 1 and more; 1 is best
   */
  public record Model(String label, int series, double rank) {
    public Model {
      if (!(rank >= 1) || !Double.isFinite(rank)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "model '%s' has rank %s, allowed are 1 and more", label, rank));
      }
    }
  }

  /** The drawing. */
  public Figure draw() {
    List<Model> worstFirst = new ArrayList<>(models);
    worstFirst.sort(Comparator.comparingDouble(Model::rank).reversed());
    int left = worstFirst.size() / 2;
    double firstRow = AXIS + 14 + BAR * groups.size() + 16;
    int most = Math.max(left, worstFirst.size() - left);
    double height = firstRow + ROW * (most - 1) + 32;
    return new Drawing(name, title, description, Drawing.WIDTH, height)
        .figure(
            "",
            canvas -> {
              axis(canvas);
              bars(canvas);
              for (int i = 0; i < worstFirst.size(); i++) {
                boolean isLeft = i < left;
                int row = isLeft ? i : worstFirst.size() - 1 - i;
                model(canvas, worstFirst.get(i), isLeft, firstRow + ROW * row);
              }
            });
  }

  private double worst() {
    double largest = models.stream().mapToDouble(Model::rank).max().orElseThrow();
    return Math.max(models.size(), Math.ceil(largest));
  }

  /** Better ranks lie further to the right. */
  private double x(double rank) {
    double left = LABELS + GAP;
    double right = Drawing.WIDTH - LABELS - GAP;
    return right - (rank - 1) / (worst() - 1) * (right - left);
  }

  private void axis(Canvas canvas) {
    canvas.line(Look.RULE.wide(1.4), x(worst()), AXIS, x(1), AXIS);
    int each = (int) Math.ceil(worst() / 10);
    IntStream.rangeClosed(1, (int) worst())
        .filter(rank -> (rank - 1) % each == 0)
        .forEach(
            rank -> {
              canvas.line(Look.RULE.wide(1.4), x(rank), AXIS - TICK, x(rank), AXIS);
              canvas.words(
                  Words.at(x(rank), AXIS - TICK - 6, Integer.toString(rank))
                      .asSoft()
                      .small()
                      .middle());
            });
    canvas.words(
        Words.at(Drawing.WIDTH - 12, AXIS + 4.5, "rank, 1 is best").asSoft().small().end());
    if (difference > 0) {
      double start = x(worst());
      double end = x(worst() - difference);
      String ends = Svg.stroke(start, 16, start, 24) + Svg.stroke(end, 16, end, 24);
      canvas.path(Look.RULE.wide(1.4), Svg.stroke(start, 20, end, 20) + ends);
      canvas.words(
          Words.at(start - 8, 24.5, "CD " + String.format(Locale.ROOT, "%.2f", difference))
              .small()
              .end());
    }
  }

  private void bars(Canvas canvas) {
    for (int i = 0; i < groups.size(); i++) {
      double[] ends =
          groups.get(i).stream().mapToDouble(m -> x(models.get(m).rank())).sorted().toArray();
      if (ends.length > 1) {
        double y = AXIS + 14 + BAR * i;
        canvas.line(Look.RULE.wide(4.5), ends[0] - 4, y, ends[ends.length - 1] + 4, y);
      }
    }
  }

  private void model(Canvas canvas, Model model, boolean isLeft, double y) {
    double at = x(model.rank());
    double end = isLeft ? LABELS : Drawing.WIDTH - LABELS;
    String leader = Svg.stroke(at, AXIS, at, y) + "L" + Svg.number(end) + " " + Svg.number(y);
    String rank = String.format(Locale.ROOT, "%.2f", model.rank());
    canvas.group(
        model.label() + ": average rank " + rank,
        () -> {
          canvas.path(Look.AXIS.wide(1.2), leader);
          canvas.mark(Marker.of(model.series()), at, AXIS);
          Words over = Words.at(isLeft ? end + 3 : end - 3, y - 4, rank).asSoft().small();
          canvas.words(isLeft ? over : over.end());
          List<String> lines =
              TextWidth.lines(model.label(), LABELS - 12, FigureStyle.SMALL_SIZE, MOST_LINES);
          double base = y + 4.5 - 8 * (lines.size() - 1);
          for (String line : lines) {
            Words words = Words.at(isLeft ? end - 6 : end + 6, base, line).small();
            canvas.words(isLeft ? words.end() : words);
            base += 16;
          }
        });
  }
}
