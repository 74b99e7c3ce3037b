package albert.evaluation.record;

import org.jspecify.annotations.Nullable;

/** Text from elsewhere as part of a message: one short line, without control characters. */
final class Printable {
  private static final int LIMIT = 80;

  private Printable() {}

  static String of(@Nullable Object value) {
    String text = String.valueOf(value);
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LIMIT)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    return text.codePointCount(0, text.length()) > LIMIT
        ? line.append('…').toString()
        : line.toString();
  }
}
