package albert.reports.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide texts are, taken for a wide sans-serif font, so that they fit in a narrower one as well.
 */
final class TextWidth {
  private TextWidth() {}

  /** The width of a text in units of the drawing. */
  static double of(String text, double size) {
    return size * text.codePoints().mapToDouble(TextWidth::of).sum();
  }

  /** A text of at most that width, in units of the drawing. */
  static String shortened(String text, double width, double size) {
    if (of(text, size) <= width) {
      return text;
    }
    String shown = text;
    while (!shown.isEmpty() && of(shown + "…", size) > width) {
      shown = shown.substring(0, shown.offsetByCodePoints(shown.length(), -1));
    }
    return shown.strip() + "…";
  }

  /** A text on lines of at most that width, broken at blanks; what is too much is cut off. */
  static List<String> lines(String text, double width, double size, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (lines.size() < most - 1 && of(rest, size) > width) {
      int end = rest.indexOf(' ');
      for (int next = end; next > 0 && of(rest.substring(0, next), size) <= width; ) {
        end = next;
        next = rest.indexOf(' ', next + 1);
      }
      if (end <= 0 || of(rest.substring(0, end), size) > width) {
        break;
      }
      lines.add(rest.substring(0, end));
      rest = rest.substring(end + 1);
    }
    lines.add(shortened(rest, width, size));
    return lines;
  }

  private static double of(int c) {
    if ("iljtfI.,:;'|!()[] ".indexOf(c) >= 0) {
      return 0.38;
    }
    if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '%') {
      return 0.95;
    }
    if (c >= 0x1100) {
      return c >= 0x2000 && c < 0x2300 ? 0.84 : 1.05; // East Asian scripts, pictographs: a square
    }
    return Character.isUpperCase(c) ? 0.72 : 0.62;
  }
}
