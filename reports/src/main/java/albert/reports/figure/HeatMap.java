package albert.reports.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A figure over two knobs: a field a combination, the darker the higher, with the figure in it.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param x the knob from left to right
 * @param y the knob from top to bottom
 * @param columns values of x
 * @param rows values of y
 * @param fields by row and column; null where nothing is known
 */
public record HeatMap(
    String name,
    String title,
    String description,
    String x,
    String y,
    List<String> columns,
    List<String> rows,
    List<List<@Nullable Field>> fields) {
  private static final double TOP = 52;
  private static final double RIGHT = 12;
  private static final double WIDEST_NAME = 150;
  private static final double LEAST_WIDTH = 96;
  private static final double MOST_WIDTH = 140;
  private static final double FIELD_HEIGHT = 62;
  private static final int MOST_COLUMNS = 4;
  private static final double LIGHTEST = 0.06;
  private static final double DARKEST = 0.5;

  public HeatMap {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    fields = List.copyOf(fields);
  }

  /**
   * A field.
   *
   * @param value finite; decides the shade
   * @param text the figure
   * @param detail under it
   */
  public record Field(double value, String text, String detail) {}

  /** The drawing. Many columns and few rows change places, so that it stays narrow. */
  public Figure draw() {
    return columns.size() > MOST_COLUMNS && rows.size() < columns.size()
        ? turned().drawn()
        : drawn();
  }

  private HeatMap turned() {
    List<List<@Nullable Field>> turned = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      List<@Nullable Field> line = new ArrayList<>();
      for (List<@Nullable Field> row : fields) {
        line.add(row.get(column));
      }
      turned.add(line);
    }
    return new HeatMap(name, title, description, y, x, rows, columns, turned);
  }

  private Figure drawn() {
    double left = left();
    double room = (Drawing.WIDTH - left - RIGHT) / Math.max(1, columns.size());
    double fieldWidth = Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, room));
    double width = Math.max(Drawing.WIDTH, left + fieldWidth * columns.size() + RIGHT);
    double height = TOP + FIELD_HEIGHT * rows.size() + 12;
    return new Drawing(name, title, description, width, height)
        .figure(
            "",
            canvas -> {
              canvas.words(Words.at(left, 18, shortened(x, width - left - RIGHT)));
              canvas.words(Words.at(10, TOP - 10, shortened(y, left - 16)));
              for (int j = 0; j < columns.size(); j++) {
                double middle = left + fieldWidth * (j + 0.5);
                String shown = shortened(columns.get(j), fieldWidth - 4);
                canvas.words(Words.at(middle, TOP - 10, shown).asSoft().middle());
              }
              for (int i = 0; i < rows.size(); i++) {
                double top = TOP + FIELD_HEIGHT * i;
                double base = top + FIELD_HEIGHT / 2 + 4.5;
                String shown = shortened(rows.get(i), left - 20);
                canvas.words(Words.at(left - 10, base, shown).asSoft().end());
                for (int j = 0; j < columns.size(); j++) {
                  double x0 = left + fieldWidth * j;
                  Box box = new Box(x0 + 1, top + 1, x0 + fieldWidth - 1, top + FIELD_HEIGHT - 1);
                  draw(canvas, fields.get(i).get(j), box);
                }
              }
            });
  }

  private double left() {
    double widest =
        Stream.concat(rows.stream(), Stream.of(y))
            .mapToDouble(text -> TextWidth.of(text, FigureStyle.TEXT_SIZE))
            .max()
            .orElse(0);
    return Math.min(WIDEST_NAME, widest + 22);
  }

  private static String shortened(String text, double width) {
    return TextWidth.shortened(text, width, FigureStyle.TEXT_SIZE);
  }

  /** How dark a field is. */
  private double shade(Field field) {
    double[] values =
        fields.stream()
            .flatMap(row -> row.stream().filter(Objects::nonNull))
            .mapToDouble(Field::value)
            .sorted()
            .toArray();
    double span = values[values.length - 1] - values[0];
    double share = span == 0 ? 0.5 : (field.value() - values[0]) / span;
    return LIGHTEST + share * (DARKEST - LIGHTEST);
  }

  private void draw(Canvas canvas, @Nullable Field field, Box box) {
    double middle = (box.left() + box.right()) / 2;
    double room = box.right() - box.left() - 4;
    if (field == null) {
      canvas.words(Words.at(middle, box.top() + FIELD_HEIGHT / 2 + 4, "–").asSoft().middle());
      return;
    }
    canvas.box(Marker.DISC.filled().faint(shade(field)), box);
    String text = shortened(field.text(), room);
    canvas.words(Words.at(middle, box.top() + 21, text).asBold().middle());
    double y = box.top() + 38;
    for (String line : TextWidth.lines(field.detail(), room, FigureStyle.SMALL_SIZE, 2)) {
      canvas.words(Words.at(middle, y, line).small().middle());
      y += 15;
    }
  }
}
