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
  /**
   * The width of figures, in units. It is small, so that on a narrow screen, where a figure is as
   * wide as the page, letters can still be read.
   */
  static final double WIDTH = 560;

  /** The figure; content draws it, and is called once for each format. */
  Figure figure(String note, Consumer<Canvas> content) {
    return new Figure(this, note, content);
  }

  /** The drawing as SVG: for a page, or as a file of its own with ground and colours. */
  String svg(boolean standAlone, Consumer<Canvas> content) {
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
                    FigureStyle.TEXT_SIZE,
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
    content.accept(new SvgCanvas(svg));
    return svg.close("svg").toString();
  }
}
