package albert.experiments.cli.terminal;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with rate and remaining time, on a terminal only. */
public final class WorkBar implements AutoCloseable {

  /** Columns from which on a bar is drawn. */
  private static final int WHOLE = 60;

  private static final String CLEAR_TO_END = "\u001b[K";
  private static final int REDRAW_MILLIS = 500;

  private final @Nullable ProgressBar bar;

  /**
   * @param what is counted
   * @param total how many there are
   */
  public WorkBar(String what, long total) {
    bar = StageConsole.onTerminal() ? builder(what, total).build() : null;
  }

  /**
   * @param what is done
   * @param unit what is counted
   * @param total how many there are; 0 where they can't be counted
   */
  public WorkBar(String what, String unit, long total) {
    bar = StageConsole.onTerminal() ? builder(what, unit, total).build() : null;
  }

  /** The same with a name and a unit of its own. */
  public static ProgressBarBuilder builder(String what, String unit, long total) {
    return builder(what, total == 0 ? -1 : total).setUnit(" " + unit, 1);
  }

  /** A bar as every command draws it. */
  public static ProgressBarBuilder builder(String what, long total) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setSpeedUnit(ChronoUnit.SECONDS)
        .showSpeed()
        .setConsumer(consumer());
  }

  /** Draws as wide as the terminal is at that moment; a bar that was cleared leaves no line. */
  static ProgressBarConsumer consumer() {
    PrintStream err = StandardStreams.err();
    return new ConsoleProgressBarConsumer(err) {
      private boolean cleared;

      @Override
      public int getMaxRenderedLength() {
        return Math.max(WHOLE, TerminalWidth.ofBar());
      }

      @Override
      public void accept(String bar) {
        int columns = TerminalWidth.ofBar();
        new ConsoleProgressBarConsumer(err, columns).accept(columns < WHOLE ? words(bar) : bar);
        err.print(CLEAR_TO_END);
        cleared = false;
      }

      @Override
      public void clear() {
        err.print("\r" + CLEAR_TO_END);
        err.flush();
        cleared = true;
      }

      @Override
      public void close() {
        if (!cleared) {
          super.close();
        }
      }
    };
  }

  /** What a bar says, for a terminal that is too narrow to draw it too. */
  static String words(String bar) {
    return bar.replaceFirst(" *\\[.*?\\] *", " ").replaceFirst("\\(\\S+ / (\\S+)\\)", "($1 left)");
  }

  /** More are done. */
  public void stepBy(long done) {
    if (bar != null) {
      bar.stepBy(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
