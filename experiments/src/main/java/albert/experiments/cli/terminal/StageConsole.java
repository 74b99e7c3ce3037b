package albert.experiments.cli.terminal;

import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.stage.StageListener;
import albert.experiments.stage.TimeLeft;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the stage at work: on a terminal a bar with its rate and remaining time, perhaps under
 * lines that are redrawn in place, elsewhere a line when it begins and one when it ends.
 */
public final class StageConsole implements StageListener, AutoCloseable {

  /** The launcher says whether standard error is a terminal. */
  public static final String TERMINAL = "albert.terminal";

  private static final String DUMB = "dumb";
  private static final int ROWS_OF_AN_UNKNOWN_WINDOW = 24;

  private final PrintWriter err;
  private final PinnedLines pinned;
  private final Supplier<TimeLeft> left;
  private final boolean terminal = onTerminal();
  private @Nullable StageBar bar;
  private volatile String behind = "";

  /** Without estimates. */
  public StageConsole(PrintWriter err) {
    this(err, () -> TimeLeft.UNKNOWN);
  }

  /**
   * @param left what is left now
   */
  public StageConsole(PrintWriter err, Supplier<TimeLeft> left) {
    this.err = err;
    this.left = left;
    pinned = new PinnedLines(err);
  }

  /** Whether standard error is a terminal where a bar can be drawn. */
  public static boolean onTerminal() {
    return Boolean.getBoolean(TERMINAL) && !DUMB.equals(System.getenv("TERM"));
  }

  /** What is at work, which stands behind the bar; elsewhere it is said now. */
  public void work(String name) {
    behind(name);
    if (!terminal) {
      print(name);
    }
  }

  /** What stands behind the bar from now on. */
  public void behind(String words) {
    behind = words;
  }

  @Override
  public void stageBegan(Stage stage, String label, long all, long done) {
    if (!terminal || stage.isShared()) {
      print(StageLines.begin(stage, label, all, done));
    }
    if (terminal) {
      close();
      bar = new StageBar(stage, all, done, () -> behind, left, System::nanoTime);
    }
  }

  @Override
  public void stageStepped(long steps) {
    if (bar != null) {
      bar.stepBy(steps);
    }
  }

  @Override
  public void stageEnded(StageSeconds part) {
    close();
    if (!terminal) {
      print(StageLines.end(part));
    }
  }

  /** A line of its own. */
  public void print(String line) {
    if (terminal) {
      pinned.print(line);
    } else {
      err.printf(Locale.ROOT, "%s%n", line);
      err.flush();
    }
  }

  /**
   * On a terminal, lines that stay below all others and above the bar, in place of those before;
   * elsewhere they are not asked for.
   *
   * @param table given the room there is for it: half the rows of the terminal
   * @param below follows it, broken at blanks; may be empty
   */
  public void pin(Function<WindowSize, List<String>> table, String below) {
    if (!terminal) {
      return;
    }
    WindowSize window = WindowSize.asked();
    int rows = window.rows() > 0 ? window.rows() : ROWS_OF_AN_UNKNOWN_WINDOW;
    WindowSize room = new WindowSize(rows / 2, TerminalWidth.ofBar(window));
    List<String> lines = new ArrayList<>(table.apply(room));
    if (!below.isEmpty()) {
      TerminalWidth.broken(below, room.columns()).lines().forEach(lines::add);
    }
    pinned.pin(lines);
  }

  /** Ends the bar, if there is one. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
