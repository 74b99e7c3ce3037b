package albert.reports.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The columns of a LaTeX table inside the text width of the article class, 345 pt: side by side if
 * they fit, else with texts broken over lines in narrower columns, else with smaller letters, and
 * if even single words are too wide, at their own width and the whole table scaled down.
 *
 * @param size command of the size of letters
 * @param gap half the room between two columns, in pt
 * @param widths of columns whose texts are broken, in pt; empty if none are
 * @param scaled whether the table has to be scaled to the text width
 */
record LatexColumns(String size, int gap, List<Double> widths, boolean scaled) {
  /** The text width of LaTeX's article class in pt. */
  static final double TEXT_WIDTH = 345;

  private static final double SMALL = 9.25;
  private static final double FOOTNOTE = 8.5;
  private static final double WIDEST_SCALED = 64;

  LatexColumns {
    widths = List.copyOf(widths);
  }

  /**
   * Chooses.
   *
   * @param rows plain texts, one a column, those of the head included
   */
  static LatexColumns of(List<List<String>> rows) {
    int count = rows.get(0).size();
    double[] natural = each(rows, count, LatexColumns::width);
    double[] least = each(rows, count, LatexColumns::widestWord);
    if (sum(natural) * SMALL <= room(count, 6)) {
      return new LatexColumns("\\small", 6, List.of(), false);
    }
    if (sum(least) * SMALL <= room(count, 4)) {
      return broken("\\small", SMALL, 4, natural, least);
    }
    if (sum(least) * FOOTNOTE <= room(count, 3)) {
      return broken("\\footnotesize", FOOTNOTE, 3, natural, least);
    }
    List<Double> own = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      own.add(Math.min(natural[i] * SMALL, Math.max(least[i] * SMALL, WIDEST_SCALED)));
    }
    return new LatexColumns("\\small", 4, own, true);
  }

  /** Each column has room for its longest word; the rest is shared by what the texts would need. */
  private static LatexColumns broken(
      String size, double points, int gap, double[] natural, double[] least) {
    double rest = room(natural.length, gap) - sum(least) * points;
    double wanted = (sum(natural) - sum(least)) * points;
    double share = wanted > 0 ? Math.min(1, rest / wanted) : 0;
    List<Double> widths = new ArrayList<>();
    for (int i = 0; i < natural.length; i++) {
      widths.add(points * (least[i] + share * (natural[i] - least[i])));
    }
    return new LatexColumns(size, gap, widths, false);
  }

  /** The argument of {@code tabular}; the first column and those of words begin at the left. */
  String specification(List<Boolean> ofWords) {
    StringBuilder out = new StringBuilder("@{}");
    for (int i = 0; i < ofWords.size(); i++) {
      out.append(
          widths.isEmpty()
              ? i == 0 || ofWords.get(i) ? "l" : "r"
              : String.format(Locale.ROOT, "p{%.1fpt}", Math.floor(widths.get(i) * 10) / 10));
    }
    return out.append("@{}").toString();
  }

  /** What the columns take of the text width, in pt. */
  double total() {
    return widths.stream().mapToDouble(Double::doubleValue).sum()
        + 2.0 * gap * Math.max(0, widths.size() - 1);
  }

  private static double room(int count, int gap) {
    return TEXT_WIDTH - 2.0 * gap * (count - 1);
  }

  private static double sum(double[] values) {
    return DoubleStream.of(values).sum();
  }

  private static double[] each(
      List<List<String>> rows, int count, java.util.function.ToDoubleFunction<String> width) {
    return IntStream.range(0, count)
        .mapToDouble(
            i -> rows.stream().mapToDouble(row -> width.applyAsDouble(row.get(i))).max().orElse(0))
        .toArray();
  }

  private static double widestWord(String text) {
    return LatexText.unbroken(text).stream().mapToDouble(LatexColumns::width).max().orElse(0);
  }

  /** The width of a text in Computer Modern, in units of the size of its letters. */
  private static double width(String text) {
    return 1.05 * text.codePoints().mapToDouble(LatexColumns::width).sum();
  }

  private static double width(int c) {
    if ("iljtfI.,:;'|!()[] ".indexOf(c) >= 0) {
      return 0.36;
    }
    if (c > 0x7F) {
      return Character.isLetter(c) && c < 0x250 ? 0.6 : c < 0x2300 ? 0.85 : 5;
    }
    if ("mwMW%=+<>".indexOf(c) >= 0) {
      return 0.85;
    }
    return Character.isUpperCase(c) ? 0.74 : 0.53;
  }
}
