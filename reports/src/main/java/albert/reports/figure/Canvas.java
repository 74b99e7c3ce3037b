package albert.reports.figure;

/** What figures are drawn on. A figure is described once and drawn as SVG and as PDF. */
interface Canvas {
  /** Draws marks that belong together, with words for who points at them. */
  void group(String tooltip, Runnable content);

  /**
   * An outline, filled or drawn along.
   *
   * @param data SVG path data, as {@link PathData} knows it
   * @param x where its origin is
   * @param y where its origin is
   * @param scale its size
   */
  void path(Look look, String data, double x, double y, double scale);

  /** A text on one line. */
  void words(Words words);

  /** An outline in the coordinates of the drawing. */
  default void path(Look look, String data) {
    path(look, data, 0, 0, 1);
  }

  /** A straight line. */
  default void line(Look look, double x1, double y1, double x2, double y2) {
    path(look, Svg.stroke(x1, y1, x2, y2));
  }

  /** A filled rectangle. */
  default void box(Look look, Box box) {
    path(
        look,
        Svg.stroke(box.left(), box.top(), box.right(), box.top())
            + "V"
            + Svg.number(box.bottom())
            + "H"
            + Svg.number(box.left())
            + "z");
  }

  /** The mark of a series. */
  default void mark(Marker marker, double x, double y) {
    path(marker.filled(), marker.path(), x, y, 1);
  }
}
