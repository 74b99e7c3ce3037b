package albert.experiments.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Lines at the end of a terminal that are redrawn in place: other lines are printed above them, a
 * bar is drawn below them. What changes is sent in one piece, so that the bar's own thread can't
 * come between, and the terminal does not break pinned lines, so that each is one row of it.
 *
 * <p>What is written past this class to the same terminal has to end above the pinned lines: {@link
 * OtherWriters}.
 */
final class PinnedLines {

  private static final String BEGIN_OF_LINE = "\r";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String BREAK_NO_LINES = "\u001b[?7l";
  private static final String BREAK_LINES = "\u001b[?7h";
  private static final String CONTROL = "\\p{Cc}";
  private static final String REPLACEMENT = "\uFFFD";

  private final PrintWriter err;
  private List<String> lines = List.of();

  /**
   * @param err writes to the terminal
   */
  PinnedLines(PrintWriter err) {
    this.err = err;
  }

  /** Lines in place of those that were pinned before. */
  synchronized void pin(List<String> next) {
    String erase = erase();
    lines = next.stream().map(PinnedLines::printable).toList();
    send(erase + pinned());
  }

  /** A line above the pinned ones, which stays. */
  synchronized void print(String line) {
    send(erase() + printable(line) + "\n" + pinned());
  }

  /** Also erases the bar; its own thread draws it again. */
  private String erase() {
    String up = lines.isEmpty() ? "" : String.format(Locale.ROOT, "\u001b[%dA", lines.size());
    return BEGIN_OF_LINE + up + CLEAR_BELOW;
  }

  private String pinned() {
    return lines.isEmpty() ? "" : BREAK_NO_LINES + String.join("\n", lines) + "\n" + BREAK_LINES;
  }

  /** Names and messages come from anywhere, and a terminal obeys control characters. */
  private static String printable(String line) {
    return line.replaceAll(CONTROL, REPLACEMENT);
  }

  private void send(String text) {
    err.print(text);
    err.flush();
  }
}
