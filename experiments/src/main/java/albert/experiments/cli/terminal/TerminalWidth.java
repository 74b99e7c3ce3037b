package albert.experiments.cli.terminal;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How wide the terminal is. The environment variable {@code COLUMNS} counts more than what the
 * terminal says.
 */
public final class TerminalWidth {

  /** The launcher says how many columns there are where standard output is a terminal. */
  public static final String COLUMNS = "albert.columns";

  private static final int UNKNOWN = 100;
  private static final int NARROWEST_HELP = 60;
  private static final int WIDEST_HELP = 120;
  private static final int FEWEST_FOR_OPTIONS = 20;
  private static final int MOST_FOR_OPTIONS = 34;
  private static final int WIDEST_BAR = 100;
  private static final int NARROWEST_TEXT = 20;
  private static final int HANGING = 4;

  private TerminalWidth() {}

  /** Columns of a help text. */
  public static int ofHelp() {
    int columns = orElse(wished(), orElse(parsed(System.getProperty(COLUMNS)), UNKNOWN));
    return Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, columns));
  }

  /**
   * Columns of the options in a help text: a third, so that what they mean has the rest.
   *
   * @param columns of the text
   */
  public static int ofOptions(int columns) {
    return Math.max(FEWEST_FOR_OPTIONS, Math.min(MOST_FOR_OPTIONS, columns / 3));
  }

  /** Columns of a bar on standard error, which may have been resized since the last one. */
  static int ofBar() {
    return ofBar(WindowSize.asked());
  }

  /** The same on a terminal of that size. */
  static int ofBar(WindowSize window) {
    int columns = orElse(window.columns(), UNKNOWN);
    return Math.max(1, Math.min(WIDEST_BAR, Math.min(columns, orElse(wished(), columns)) - 1));
  }

  /**
   * Prints a table to standard output. Where that is a terminal, lines that are too long for it are
   * broken at blanks.
   */
  public static void print(PrintWriter out, Consumer<PrintWriter> table) {
    int terminal = parsed(System.getProperty(COLUMNS));
    if (terminal == 0) {
      table.accept(out);
    } else {
      StringWriter text = new StringWriter();
      table.accept(new PrintWriter(text));
      out.print(broken(text.toString(), orElse(wished(), terminal)));
    }
    out.flush();
  }

  /** Breaks lines at blanks; what follows is indented by four more than its beginning. */
  static String broken(String text, int columns) {
    int width = Math.max(NARROWEST_TEXT, columns);
    return text.lines()
        .map(line -> brokenLine(line, width))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String brokenLine(String line, int width) {
    int indent = Math.min(line.length() - line.stripLeading().length(), width / 2);
    String next = " ".repeat(Math.min(indent + HANGING, width / 2));
    StringBuilder broken = new StringBuilder();
    String rest = line;
    while (rest.length() > width) {
      int begun = rest.length() - rest.stripLeading().length();
      int blank = rest.lastIndexOf(' ', width);
      int end = blank > begun ? blank : width;
      broken.append(rest.substring(0, end).stripTrailing()).append('\n');
      rest = next + rest.substring(end).stripLeading();
    }
    return broken.append(rest).toString();
  }

  private static int wished() {
    return parsed(System.getenv("COLUMNS"));
  }

  private static int orElse(int columns, int other) {
    return columns > 0 ? columns : other;
  }

  private static int parsed(@Nullable String columns) {
    return columns != null && columns.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(columns) : 0;
  }
}
