package albert.reports.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Small print under a plot that says what its marks are: samples with words, one after the other,
 * on as many lines as they take.
 */
final class Legend {
  private static final double LINE_HEIGHT = 19;
  private static final double SAMPLE = 26;
  private static final double GAP = 20;

  private final double left;
  private final double right;
  private final List<Entry> entries = new ArrayList<>();
  private double x;
  private int line;

  /** What a mark looks like, drawn around a place. */
  @FunctionalInterface
  interface Sample {
    /** Draws it on a line at y from x1 to x2. */
    void draw(Canvas canvas, double x1, double x2, double y);
  }

  private record Entry(Sample sample, String text, double x, int line) {}

  Legend(double left, double right) {
    this.left = left;
    this.right = right;
    x = left;
  }

  /** Adds a mark and what it is. */
  Legend add(String text, Sample sample) {
    String shown = TextWidth.shortened(text, right - left - SAMPLE, FigureStyle.SMALL_SIZE);
    double width = SAMPLE + TextWidth.of(shown, FigureStyle.SMALL_SIZE);
    if (x > left && x + width > right) {
      x = left;
      line++;
    }
    entries.add(new Entry(sample, shown, x, line));
    x += width + GAP;
    return this;
  }

  /** The room it needs, in units of the drawing; 0 without entries. */
  double height() {
    return entries.isEmpty() ? 0 : 4 + LINE_HEIGHT * (line + 1);
  }

  void draw(Canvas canvas, double top) {
    for (Entry entry : entries) {
      double y = top + LINE_HEIGHT * (entry.line() + 0.5);
      entry.sample().draw(canvas, entry.x(), entry.x() + SAMPLE - 6, y);
      canvas.words(Words.at(entry.x() + SAMPLE, y + 4.5, entry.text()).asSoft().small());
    }
  }
}
