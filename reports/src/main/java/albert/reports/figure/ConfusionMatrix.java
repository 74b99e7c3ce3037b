package albert.reports.figure;

import java.util.List;
import java.util.Locale;

/**
 * A figure of what was taken for what: a row a right label, a column a predicted one, the darker
 * the larger the field's share of its row. Where the names are too long for columns, columns have
 * the numbers of the rows.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param labels from top to bottom and from left to right
 * @param counts by right label and predicted label
 */
public record ConfusionMatrix(
    String name, String title, String description, List<String> labels, List<List<Long>> counts) {
  private static final double TOP = 48;
  private static final double RIGHT = 12;
  private static final double WIDEST_NAME = 200;
  private static final double LEAST_FIELD = 26;
  private static final double MOST_FIELD = 72;
  private static final double DARKEST = 0.6;
  private static final String NOTE =
      "A row is a right label, a column a predicted one; the darker a field, the larger its share"
          + " of its row.";

  public ConfusionMatrix {
    labels = List.copyOf(labels);
    counts = counts.stream().map(List::copyOf).toList();
  }

  /** The drawing. */
  public Figure draw() {
    double left = left();
    double room = (Drawing.WIDTH - left - RIGHT) / labels.size();
    double field = Math.max(fieldOfCounts(), Math.min(MOST_FIELD, room));
    double width = Math.max(Drawing.WIDTH, left + field * labels.size() + RIGHT);
    return new Drawing(name, title, description, width, TOP + field * labels.size() + RIGHT)
        .figure(NOTE, canvas -> draw(canvas, left, field));
  }

  private void draw(Canvas canvas, double left, double field) {
    canvas.words(Words.at(left, 16, "predicted"));
    canvas.words(Words.at(10, TOP - 8, "right"));
    boolean named = namesFit(field);
    for (int i = 0; i < labels.size(); i++) {
      String head = named ? labels.get(i) : Integer.toString(i + 1);
      double middle = left + field * (i + 0.5);
      canvas.words(Words.at(middle, TOP - 8, head).small().asSoft().middle());
      String row = named ? labels.get(i) : (i + 1) + " " + labels.get(i);
      String shown = TextWidth.shortened(row, left - 20, FigureStyle.SMALL_SIZE);
      double base = TOP + field * (i + 0.5) + 4.5;
      canvas.words(Words.at(left - 8, base, shown).small().asSoft().end());
      for (int j = 0; j < labels.size(); j++) {
        double x = left + field * j;
        double y = TOP + field * i;
        field(canvas, i, j, new Box(x + 1, y + 1, x + field - 1, y + field - 1));
      }
    }
  }

  private void field(Canvas canvas, int right, int said, Box box) {
    long count = counts.get(right).get(said);
    long all = counts.get(right).stream().mapToLong(Long::longValue).sum();
    double share = all == 0 ? 0 : (double) count / all;
    String tooltip =
        String.format(
            Locale.ROOT, "%s as %s: %,d of %,d", labels.get(right), labels.get(said), count, all);
    canvas.group(
        tooltip,
        () -> {
          canvas.box(Look.SHADE, box);
          if (count > 0) {
            canvas.box(Marker.DISC.filled().faint(share * DARKEST), box);
          }
          String text = String.format(Locale.ROOT, "%d", count);
          double middle = (box.left() + box.right()) / 2;
          double base = (box.top() + box.bottom()) / 2 + 4.5;
          if (count > 0) {
            canvas.words(Words.at(middle, base, text).small().middle());
          }
        });
  }

  /** As wide as the largest count. */
  private double fieldOfCounts() {
    double widest =
        counts.stream()
            .flatMap(List::stream)
            .mapToDouble(count -> TextWidth.of(Long.toString(count), FigureStyle.SMALL_SIZE))
            .max()
            .orElse(0);
    return Math.max(LEAST_FIELD, widest + 6);
  }

  private boolean namesFit(double field) {
    return labels.stream()
        .allMatch(label -> TextWidth.of(label, FigureStyle.SMALL_SIZE) <= field - 4);
  }

  private double left() {
    double widest =
        labels.stream()
            .mapToDouble(label -> TextWidth.of("00 " + label, FigureStyle.SMALL_SIZE))
            .max()
            .orElse(0);
    return Math.max(60, Math.min(WIDEST_NAME, widest + 20));
  }
}
