package albert.experiments.cli;

import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with rate and remaining time, on a terminal only. */
final class WorkBar implements AutoCloseable {

  private static final int WIDTH = 100;
  private static final int REDRAW_MILLIS = 500;

  private final @Nullable ProgressBar bar;

  /**
   * @param what is counted
   * @param total how many there are
   */
  WorkBar(String what, long total) {
    bar = ConsoleProgress.onTerminal() ? builder(what, total).build() : null;
  }

  /**
   * @param what is done
   * @param unit what is counted
   * @param total how many there are; 0 where they can't be counted
   */
  WorkBar(String what, String unit, long total) {
    bar = ConsoleProgress.onTerminal() ? builder(what, unit, total).build() : null;
  }

  /** The same with a name and a unit of its own. */
  static ProgressBarBuilder builder(String what, String unit, long total) {
    return builder(what, total == 0 ? -1 : total).setUnit(" " + unit, 1);
  }

  /** A bar as every command draws it. */
  static ProgressBarBuilder builder(String what, long total) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setSpeedUnit(ChronoUnit.SECONDS)
        .showSpeed()
        .setConsumer(new ConsoleProgressBarConsumer(StandardStreams.err(), WIDTH));
  }

  /** More are done. */
  void stepBy(long done) {
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
