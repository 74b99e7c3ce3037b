package albert.reports.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** A growing SVG document. Texts and attribute values are escaped here and nowhere else. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  /** Begins an element; attributes are names and values in turn, numbers to two decimals. */
  Svg open(String element, Object... attributes) {
    return tag(element, ">", attributes);
  }

  /** An element without content. */
  Svg empty(String element, Object... attributes) {
    return tag(element, "/>\n", attributes);
  }

  /** An element that holds a text alone. */
  Svg text(String element, String content, Object... attributes) {
    open(element, attributes);
    out.append(escape(content));
    return close(element);
  }

  /** Ends an element. */
  Svg close(String element) {
    out.append("</").append(element).append(">\n");
    return this;
  }

  /** A style sheet of our own. */
  Svg style(String css) {
    out.append("<style>").append(css).append("</style>\n");
    return this;
  }

  private Svg tag(String element, String end, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String shown = value instanceof Double number ? number(number) : escape(value.toString());
      out.append(' ').append(attributes[i]).append("=\"").append(shown).append('"');
    }
    out.append(end);
    return this;
  }

  /** A straight line as path data. */
  static String stroke(double x1, double y1, double x2, double y2) {
    return String.format(
        Locale.ROOT, "M%s %sL%s %s", number(x1), number(y1), number(x2), number(y2));
  }

  /** A shift of the origin, as the value of {@code transform}. */
  static String translate(double x, double y) {
    return "translate(" + number(x) + " " + number(y) + ")";
  }

  /** A coordinate. */
  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** XML 1.0 has no form, not even an escaped one, for the other characters. */
  private static boolean isXml(int c) {
    return (c >= 0x20 && c <= 0xD7FF)
        || c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
