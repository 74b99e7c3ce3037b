package albert.reports.figure;

import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The frame that every figure has: size, font, title and description for who can't see it.
 *
 * @param name file name without ending
 * @param title what it shows, in a few words
 * @param description what a reader who can't see it needs
 * @param width in units of the drawing
 * @param height in units of the drawing
 */
record Drawing(String name, String title, String description, double width, double height) {

  /** The figure, drawn twice: for a page, and as a file of its own with ground and colours. */
  Figure figure(String note, Consumer<Svg> content) {
    return new Figure(name, title, description, note, draw(false, content), draw(true, content));
  }

  private String draw(boolean standAlone, Consumer<Svg> content) {
    Svg svg = new Svg();
    String id = "figure-" + name;
    svg.open(
        "svg",
        Stream.concat(
                Stream.of("xmlns", "http://www.w3.org/2000/svg", "class", "figure", "role", "img"),
                Stream.of(
                    "viewBox",
                    "0 0 " + Svg.number(width) + " " + Svg.number(height),
                    "font-family",
                    "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif",
                    "font-size",
                    "12",
                    "aria-labelledby",
                    id + "-title " + id + "-description"))
            .toArray());
    svg.text("title", title, "id", id + "-title");
    svg.text("desc", description, "id", id + "-description");
    if (standAlone) {
      svg.style(FigureStyle.CSS);
      svg.empty(
          "rect", "class", "ground", "width", width, "height", height, "fill", FigureStyle.GROUND);
    }
    content.accept(svg);
    return svg.close("svg").toString();
  }

  /** A text of at most so many characters. */
  static String shortened(String text, int most) {
    int length = text.codePointCount(0, text.length());
    return length <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
