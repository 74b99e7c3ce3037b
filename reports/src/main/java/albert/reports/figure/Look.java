package albert.reports.figure;

/**
 * How an outline looks.
 *
 * @param css the classes that the style sheet colours in the dark
 * @param colour on a light ground
 * @param filled or else drawn along
 * @param width of the line
 * @param dashes lengths of strokes and gaps in turn; empty for a whole line
 * @param opacity 0 to 1
 */
record Look(
    String css, String colour, boolean filled, double width, String dashes, double opacity) {
  static final Look GRID = stroke("grid", FigureStyle.GRID);
  static final Look AXIS = stroke("axis", FigureStyle.SOFT);
  static final Look RULE = stroke("rule", FigureStyle.INK);
  static final Look SHADE = fill("shade", FigureStyle.SHADE);

  static Look stroke(String css, String colour) {
    return new Look(css, colour, false, 1, "", 1);
  }

  static Look fill(String css, String colour) {
    return new Look(css, colour, true, 0, "", 1);
  }

  Look wide(double wider) {
    return new Look(css, colour, filled, wider, dashes, opacity);
  }

  Look dashed(String lengths) {
    return new Look(css, colour, filled, width, lengths, opacity);
  }

  Look faint(double share) {
    return new Look(css, colour, filled, width, dashes, share);
  }
}
