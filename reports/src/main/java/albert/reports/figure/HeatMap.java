package albert.reports.figure;

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
  /** As other figures have it, so that letters are as large as theirs. */
  private static final double WIDTH = 720;

  private static final double LEFT = 150;
  private static final double TOP = 48;
  private static final double FIELD_WIDTH = 118;
  private static final double FIELD_HEIGHT = 46;
  private static final double LIGHTEST = 0.06;
  private static final double DARKEST = 0.5;
  private static final int LONGEST_LABEL = 18;

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

  /** The drawing. */
  public Figure draw() {
    double width = Math.max(WIDTH, LEFT + FIELD_WIDTH * columns.size() + 12);
    double height = TOP + FIELD_HEIGHT * rows.size() + 12;
    double[] values =
        fields.stream()
            .flatMap(row -> row.stream().filter(Objects::nonNull))
            .mapToDouble(Field::value)
            .sorted()
            .toArray();
    double low = values.length == 0 ? 0 : values[0];
    double span = values.length == 0 ? 0 : values[values.length - 1] - low;
    return new Drawing(name, title, description, width, height)
        .figure(
            "",
            svg -> {
              svg.words("ink", FigureStyle.INK, x, "font-size", "13", "x", LEFT, "y", 16.0);
              svg.words("ink", FigureStyle.INK, y, "font-size", "13", "x", 12.0, "y", TOP - 10);
              for (int i = 0; i < columns.size(); i++) {
                label(svg, columns.get(i), LEFT + FIELD_WIDTH * (i + 0.5), TOP - 10, "middle");
              }
              for (int i = 0; i < rows.size(); i++) {
                double y0 = TOP + FIELD_HEIGHT * i;
                label(svg, rows.get(i), LEFT - 12, y0 + FIELD_HEIGHT / 2 + 4, "end");
                for (int j = 0; j < columns.size(); j++) {
                  Field field = fields.get(i).get(j);
                  double share = field == null || span == 0 ? 0.5 : (field.value() - low) / span;
                  draw(svg, field, LEFT + FIELD_WIDTH * j, y0, share);
                }
              }
            });
  }

  private static void label(Svg svg, String text, double x, double y, String anchor) {
    svg.words(
        "soft",
        FigureStyle.SOFT,
        Drawing.shortened(text, LONGEST_LABEL),
        "text-anchor",
        anchor,
        "x",
        x,
        "y",
        y);
  }

  private static void draw(Svg svg, @Nullable Field field, double x, double y, double share) {
    Marker shade = Marker.DISC;
    Stream<Object> place =
        Stream.of(
            "x",
            x + 1,
            "y",
            y + 1,
            "width",
            FIELD_WIDTH - 2,
            "height",
            FIELD_HEIGHT - 2,
            "rx",
            "3");
    if (field == null) {
      svg.empty(
          "rect",
          Stream.concat(
                  place, Stream.of("class", "grid", "fill", "none", "stroke", FigureStyle.GRID))
              .toArray());
      svg.words(
          "soft",
          FigureStyle.SOFT,
          "–",
          "text-anchor",
          "middle",
          "x",
          x + FIELD_WIDTH / 2,
          "y",
          y + FIELD_HEIGHT / 2 + 4);
      return;
    }
    svg.empty(
        "rect",
        Stream.concat(
                place,
                Stream.of(
                    "class",
                    shade.cssClass(),
                    "fill",
                    shade.colour(),
                    "fill-opacity",
                    LIGHTEST + share * (DARKEST - LIGHTEST)))
            .toArray());
    svg.words(
        "ink",
        FigureStyle.INK,
        field.text(),
        "text-anchor",
        "middle",
        "font-weight",
        "600",
        "x",
        x + FIELD_WIDTH / 2,
        "y",
        y + 20);
    svg.words(
        "ink",
        FigureStyle.INK,
        field.detail(),
        "text-anchor",
        "middle",
        "font-size",
        "11",
        "x",
        x + FIELD_WIDTH / 2,
        "y",
        y + 35);
  }
}
