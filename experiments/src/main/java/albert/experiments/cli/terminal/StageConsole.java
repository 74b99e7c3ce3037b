package albert.experiments.cli.terminal;

import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.stage.StageListener;
import albert.experiments.stage.TimeLeft;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the stage at work: on a terminal a bar with its rate and remaining time, elsewhere a line
 * when it begins and one when it ends.
 */
public final class StageConsole implements StageListener, AutoCloseable {

  /** The launcher says whether standard error is a terminal. */
  public static final String TERMINAL = "albert.terminal";

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
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
  }

  /** Whether standard error is a terminal, where a bar can be drawn. */
  public static boolean onTerminal() {
    return Boolean.getBoolean(TERMINAL);
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
    err.printf(Locale.ROOT, "%s%s%n", terminal ? CLEAR_LINE : "", line);
    err.flush();
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
