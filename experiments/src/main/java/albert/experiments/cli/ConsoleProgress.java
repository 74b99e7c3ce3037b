package albert.experiments.cli;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.cli.terminal.StageConsole;
import albert.experiments.config.PlannedRun;
import albert.experiments.run.RunListener;
import albert.experiments.stage.StageEstimate;
import albert.experiments.stage.TimeLeft;
import albert.experiments.study.RemainingTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * On a terminal a bar for the stage at work, with its rate and remaining time and those of the
 * whole study; elsewhere a line when a stage begins and one when it ends. A line for every run that
 * is over. What many runs have to say is said once.
 */
final class ConsoleProgress implements RunListener, AutoCloseable {

  private final Estimates estimates;
  private RemainingTime remaining = new RemainingTime(Map.of(), System::nanoTime);
  private final StageConsole console;
  private final List<PlannedRun> skipped = new ArrayList<>();
  private boolean estimated;
  private final Set<String> notes = new HashSet<>();
  private int runs;
  private int over;

  /** Without estimates. */
  ConsoleProgress(PrintWriter err) {
    this(err, Map::of);
  }

  /**
   * @param estimates asked when the first run begins
   */
  ConsoleProgress(PrintWriter err, Estimates estimates) {
    this.estimates = estimates;
    console = new StageConsole(err, () -> remaining.left());
  }

  /** Tells how long the stages of every run may take that is not over. */
  @FunctionalInterface
  interface Estimates {
    /** By run. */
    Map<PlannedRun, List<StageEstimate>> byRun() throws IOException;
  }

  @Override
  public void begun(int runs) {
    this.runs = runs;
  }

  /** When there is something to do. */
  private void estimate() {
    try {
      remaining = new RemainingTime(estimates.byRun(), System::nanoTime);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    skipped.forEach(remaining::over);
    estimated = true;
  }

  @Override
  public void skipped(PlannedRun run, String why) {
    skipped.add(run);
    remaining.over(run);
    line(run, why);
  }

  @Override
  public void started(PlannedRun run) {
    if (!estimated) {
      estimate();
    }
    remaining.started(run);
    console.work(name(run));
  }

  @Override
  public void announced(String note) {
    if (notes.add(note)) {
      console.print(note);
    }
  }

  @Override
  public void wentOn(long steps) {
    console.print(String.format(Locale.ROOT, "goes on from step %d", steps));
  }

  @Override
  public void stageBegan(Stage stage, String label, long all, long done) {
    remaining.stageBegan(stage, label, all, done);
    console.stageBegan(stage, label, all, done);
  }

  @Override
  public void stageStepped(long steps) {
    remaining.stageStepped(steps);
    console.stageStepped(steps);
  }

  @Override
  public void stageEnded(StageSeconds part) {
    remaining.stageEnded(part);
    console.stageEnded(part);
  }

  @Override
  public void ended(PlannedRun run, RunRecord record) {
    remaining.over(run);
    console.close();
    line(run, result(record));
  }

  @Override
  public TimeLeft left() {
    return remaining.left();
  }

  @Override
  public void close() {
    console.close();
  }

  private void line(PlannedRun run, String what) {
    over++;
    console.print(String.format(Locale.ROOT, "[%d/%d] %s: %s", over, runs, name(run), what));
  }

  private static String name(PlannedRun run) {
    return run.seeds().init() == run.seeds().data()
        ? String.format(Locale.ROOT, "%s, seed %d", run.label(), run.seeds().init())
        : String.format(
            Locale.ROOT,
            "%s, init seed %d, data seed %d",
            run.label(),
            run.seeds().init(),
            run.seeds().data());
  }

  private static String result(RunRecord record) {
    if (record.status() == RunStatus.FAILED) {
      return "failed: " + record.failureReason();
    }
    String scores = StatusTable.scores(record.headlineScores());
    Duration time =
        Duration.between(
            record.timings().started(), Objects.requireNonNull(record.timings().finished()));
    String notes = record.notes().stream().map(note -> "; " + note).collect(Collectors.joining());
    return String.format(Locale.ROOT, "%s, %d s%s", scores, time.toSeconds(), notes);
  }
}
