package albert.experiments.cli;

import albert.experiments.bench.PlannedPoint;
import albert.experiments.bench.PointListener;
import albert.experiments.cli.terminal.StageBar;
import albert.experiments.cli.terminal.StageConsole;
import albert.experiments.cli.terminal.WorkBar;
import albert.reports.benchmark.BenchPoint;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** On a terminal a bar of the points, with the time left; elsewhere a line for each. */
final class SeriesProgress implements PointListener, AutoCloseable {
  private final PrintWriter err;
  private final WorkBar bar;

  /**
   * @param missing points that are to be measured
   */
  SeriesProgress(PrintWriter err, long missing) {
    this.err = err;
    bar = new WorkBar("measuring", "points", missing);
  }

  @Override
  public void ended(
      int done,
      int all,
      PlannedPoint planned,
      @Nullable BenchPoint measured,
      String why,
      @Nullable Double secondsLeft) {
    bar.stepBy(1);
    if (StageConsole.onTerminal()) {
      return;
    }
    String what =
        measured == null
            ? why
            : String.format(
                Locale.ROOT,
                "median %.1f ms, p90 %.1f ms (n %d), peak %,.0f MB",
                measured.medianMs(),
                measured.p90Ms(),
                measured.repeats(),
                measured.peakRssMb());
    String left =
        secondsLeft == null || secondsLeft == 0
            ? ""
            : "; about " + StageBar.clock(secondsLeft) + " left";
    err.printf(Locale.ROOT, "[%d/%d] %s: %s%s%n", done, all, planned.setting().words(), what, left);
    err.flush();
  }

  @Override
  public void close() {
    bar.close();
  }
}
