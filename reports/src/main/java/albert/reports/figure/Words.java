package albert.reports.figure;

/**
 * A text on one line of a drawing.
 *
 * @param text the text
 * @param x of its beginning, middle or end
 * @param y of its base line
 * @param anchor what x is of
 * @param size of the font
 * @param soft in the soft colour
 * @param bold in heavy letters
 * @param turned upwards, for a vertical axis
 * @param halo with ground around the letters, to be read over lines
 */
record Words(
    String text,
    double x,
    double y,
    Anchor anchor,
    double size,
    boolean soft,
    boolean bold,
    boolean turned,
    boolean halo) {

  /** What a text's place is of. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  static Words at(double x, double y, String text) {
    return new Words(text, x, y, Anchor.START, FigureStyle.TEXT_SIZE, false, false, false, false);
  }

  /** The same text elsewhere. */
  Words to(double newX, double newY) {
    return new Words(text, newX, newY, anchor, size, soft, bold, turned, halo);
  }

  Words middle() {
    return new Words(text, x, y, Anchor.MIDDLE, size, soft, bold, turned, halo);
  }

  Words end() {
    return new Words(text, x, y, Anchor.END, size, soft, bold, turned, halo);
  }

  Words small() {
    return new Words(text, x, y, anchor, FigureStyle.SMALL_SIZE, soft, bold, turned, halo);
  }

  Words asSoft() {
    return new Words(text, x, y, anchor, size, true, bold, turned, halo);
  }

  Words asBold() {
    return new Words(text, x, y, anchor, size, soft, true, turned, halo);
  }

  Words asTurned() {
    return new Words(text, x, y, anchor, size, soft, bold, true, halo);
  }

  Words withHalo() {
    return new Words(text, x, y, anchor, size, soft, bold, turned, true);
  }
}
