package albert.reports.figure;

import java.util.ArrayList;
import java.util.List;

/** Names at the left of a plot with a row each, and how high the rows are. */
final class RowLabels {
  private static final double WIDEST = 190;
  private static final double LINE_HEIGHT = 16;
  private static final double ROOM = 16;
  private static final double GAP = 12;

  private final double top;
  private final List<List<Words>> texts = new ArrayList<>();
  private final List<Double> middles = new ArrayList<>();
  private double bottom;
  private double widest;

  RowLabels(double top) {
    this.top = top;
    bottom = top;
  }

  /** Adds a row with a name, and in small print what belongs to it; empty for nothing. */
  void add(String label, String detail, double leastHeight) {
    List<Words> lines = new ArrayList<>();
    for (String line : TextWidth.lines(label, WIDEST, FigureStyle.TEXT_SIZE, 2)) {
      lines.add(Words.at(0, 0, line).end());
    }
    if (!detail.isEmpty()) {
      String shown = TextWidth.shortened(detail, WIDEST, FigureStyle.SMALL_SIZE);
      lines.add(Words.at(0, 0, shown).asSoft().small().end());
    }
    lines.forEach(w -> widest = Math.max(widest, TextWidth.of(w.text(), w.size())));
    double height = Math.max(leastHeight, LINE_HEIGHT * lines.size() + ROOM);
    texts.add(lines);
    middles.add(bottom + height / 2);
    bottom += height;
  }

  /** Where the plot beside the names begins. */
  double right() {
    return 8 + widest + GAP;
  }

  double top() {
    return top;
  }

  double bottom() {
    return bottom;
  }

  /** The middle of a row. */
  double y(int row) {
    return middles.get(row);
  }

  void draw(Canvas canvas) {
    for (int row = 0; row < texts.size(); row++) {
      List<Words> lines = texts.get(row);
      double y = y(row) - LINE_HEIGHT * (lines.size() - 1) / 2 + 4.5;
      for (Words line : lines) {
        canvas.words(line.to(right() - GAP, y));
        y += LINE_HEIGHT;
      }
    }
  }
}
