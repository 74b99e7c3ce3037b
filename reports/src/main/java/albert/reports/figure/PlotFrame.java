package albert.reports.figure;

/**
 * The area of a plot: where values lie in it, and its axes with their grid.
 *
 * @param box the area on the drawing
 * @param xAxis from left to right
 * @param yAxis from bottom to top
 */
record PlotFrame(Box box, Axis xAxis, Axis yAxis) {

  double x(double value) {
    return box.left() + xAxis.position(value) * (box.right() - box.left());
  }

  double y(double value) {
    return box.bottom() - yAxis.position(value) * (box.bottom() - box.top());
  }

  /** Draws grid, ticks and the words at the axes. */
  void draw(Svg svg, String xText, String yText) {
    for (Axis.Tick tick : xAxis.ticks()) {
      double x = x(tick.value());
      svg.line("grid", FigureStyle.GRID, x, box.top(), x, box.bottom());
      tickLabel(svg, tick.label(), x, box.bottom() + 18, "middle");
    }
    for (Axis.Tick tick : yAxis.ticks()) {
      double y = y(tick.value());
      svg.line("grid", FigureStyle.GRID, box.left(), y, box.right(), y);
      tickLabel(svg, tick.label(), box.left() - 8, y + 4, "end");
    }
    svg.line("axis", FigureStyle.SOFT, box.left(), box.bottom(), box.right(), box.bottom());
    svg.line("axis", FigureStyle.SOFT, box.left(), box.top(), box.left(), box.bottom());
    double middle = (box.left() + box.right()) / 2;
    String scale = xAxis.logarithmic() ? " (logarithmic scale)" : "";
    title(svg, xText + scale, Svg.translate(middle, box.bottom() + 40));
    title(svg, yText, Svg.translate(18, (box.top() + box.bottom()) / 2) + " rotate(-90)");
  }

  private static void tickLabel(Svg svg, String text, double x, double y, String anchor) {
    svg.words("soft", FigureStyle.SOFT, text, "text-anchor", anchor, "x", x, "y", y);
  }

  private static void title(Svg svg, String text, String transform) {
    svg.words(
        "ink",
        FigureStyle.INK,
        text,
        "font-size",
        "13",
        "text-anchor",
        "middle",
        "transform",
        transform);
  }
}
