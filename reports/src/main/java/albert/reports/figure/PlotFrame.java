package albert.reports.figure;

import java.util.List;

/**
 * The area of a plot: where values lie in it, and its axes with their grid.
 *
 * @param box the area on the drawing
 * @param xAxis from left to right
 * @param yAxis from bottom to top
 */
record PlotFrame(Box box, Axis xAxis, Axis yAxis) {
  private static final double TICKS = 24;
  private static final double TITLE_LINE = 18;
  private static final int MOST_LINES = 2;
  private static final double MARGIN = 10;

  double x(double value) {
    return box.left() + xAxis.position(value) * (box.right() - box.left());
  }

  double y(double value) {
    return box.bottom() - yAxis.position(value) * (box.bottom() - box.top());
  }

  /** Where a plot begins, so that there is room for the words at its vertical axis. */
  static double leftOf(Axis yAxis) {
    return 36
        + yAxis.ticks().stream()
            .mapToDouble(tick -> TextWidth.of(tick.label(), FigureStyle.SMALL_SIZE))
            .max()
            .orElse(0);
  }

  /** The room below a plot for ticks and the words at the horizontal axis. */
  static double below(String xText) {
    return TICKS + TITLE_LINE * titleLines(xText).size() + 8;
  }

  /** Draws grid, ticks and the words at the axes. */
  void draw(Canvas canvas, String xText, String yText) {
    for (Axis.Tick tick : xAxis.ticks()) {
      double x = x(tick.value());
      canvas.line(Look.GRID, x, box.top(), x, box.bottom());
      canvas.words(Words.at(x, box.bottom() + 18, tick.label()).asSoft().small().middle());
    }
    for (Axis.Tick tick : yAxis.ticks()) {
      double y = y(tick.value());
      canvas.line(Look.GRID, box.left(), y, box.right(), y);
      canvas.words(Words.at(box.left() - 8, y + 4.5, tick.label()).asSoft().small().end());
    }
    canvas.line(Look.AXIS, box.left(), box.bottom(), box.right(), box.bottom());
    canvas.line(Look.AXIS, box.left(), box.top(), box.left(), box.bottom());
    double y = box.bottom() + TICKS + 14;
    for (String line : titleLines(xText)) {
      double half = TextWidth.of(line, FigureStyle.TEXT_SIZE) / 2;
      double middle = (box.left() + box.right()) / 2;
      double x = Math.max(MARGIN + half, Math.min(middle, Drawing.WIDTH - MARGIN - half));
      canvas.words(Words.at(x, y, line).middle());
      y += TITLE_LINE;
    }
    if (!yText.isEmpty()) {
      double height = box.bottom() - box.top();
      String shown = TextWidth.shortened(yText, height, FigureStyle.TEXT_SIZE);
      double middle = (box.top() + box.bottom()) / 2;
      canvas.words(Words.at(18, middle, shown).middle().asTurned());
    }
  }

  private static List<String> titleLines(String text) {
    return TextWidth.lines(text, Drawing.WIDTH - 2 * MARGIN, FigureStyle.TEXT_SIZE, MOST_LINES);
  }
}
