package albert.experiments.cli;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import albert.experiments.cli.terminal.StageBar;
import albert.experiments.cli.terminal.StageConsole;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.run.RunListener;
import albert.experiments.stage.StageEstimate;
import albert.experiments.stage.TimeLeft;
import albert.experiments.study.RemainingTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * On a terminal a bar for the stage at work, with its rate and remaining time and those of the
 * whole study, above it what the stage is for and the table of the variants; elsewhere a line when
 * a stage begins and one when it ends, and one for every variant that is over. A line for every run
 * that is over. What many runs have to say is said once.
 */
final class ConsoleProgress implements RunListener, AutoCloseable {

  private final Estimates estimates;
  private final VariantTable table;
  private final Reasons reasons;
  private final Executor estimator;
  private volatile Map<PlannedRun, List<StageEstimate>> expected = Map.of();
  private final RemainingTime remaining = new RemainingTime(Map.of(), System::nanoTime);
  private final StageConsole console;
  private boolean estimated;
  private final Set<String> notes = new HashSet<>();
  private @Nullable PlannedRun atWork;
  private int runs;
  private int over;

  /** Without estimates. */
  ConsoleProgress(PrintWriter err) {
    this(err, Map::of, Runnable::run);
  }

  /**
   * Of a single run.
   *
   * @param estimates asked when the run begins
   * @param estimator asks them, perhaps on a thread of its own
   */
  ConsoleProgress(PrintWriter err, Estimates estimates, Executor estimator) {
    this(err, estimates, estimator, new VariantTable(List.of(), null), (stage, config) -> "");
  }

  /**
   * Of a study.
   *
   * @param estimates asked when the first run begins
   * @param table gets what comes of its runs
   * @param reasons tells what stages are for
   */
  ConsoleProgress(PrintWriter err, Estimates estimates, VariantTable table, Reasons reasons) {
    this(err, estimates, Runnable::run, table, reasons);
  }

  private ConsoleProgress(
      PrintWriter err,
      Estimates estimates,
      Executor estimator,
      VariantTable table,
      Reasons reasons) {
    this.estimates = estimates;
    this.estimator = estimator;
    this.table = table;
    this.reasons = reasons;
    console = new StageConsole(err, () -> remaining.left());
  }

  /** Tells how long the stages of every run may take that is not over. */
  @FunctionalInterface
  interface Estimates {
    /** By run. */
    Map<PlannedRun, List<StageEstimate>> byRun() throws IOException;
  }

  /** Tells what a stage is for. */
  @FunctionalInterface
  interface Reasons {
    /** In a few words; empty if that is not said. */
    String of(Stage stage, RunConfig config);
  }

  /** On a terminal: what is done until the first run begins. */
  void prepares(String what) {
    console.pin(room -> List.of(), what);
  }

  @Override
  public void begun(int runs) {
    this.runs = runs;
  }

  /** When there is something to do. */
  private void estimate() {
    try {
      expected = estimates.byRun();
      remaining.expect(expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void skipped(PlannedRun run, List<Score> scores, String why) {
    remaining.over(run);
    over(run, scores, why);
  }

  @Override
  public void started(PlannedRun run) {
    if (!estimated) {
      estimated = true;
      estimator.execute(this::estimate);
    }
    remaining.started(run);
    atWork = run;
    table.began(run);
    for (StageEstimate stage : expected.getOrDefault(run, List.of())) {
      explain(stage.stage(), ", about " + StageBar.clock(stage.secondsLeft()));
    }
    console.work(name(run));
  }

  /** Where no bar can be drawn: what a stage is for, once. */
  private void explain(Stage stage, String time) {
    String why = why(stage);
    if (!StageConsole.onTerminal() && !why.isEmpty() && notes.add(why)) {
      console.print(stage.words() + time + ": " + why);
    }
  }

  private String why(Stage stage) {
    PlannedRun run = atWork;
    return run == null ? "" : reasons.of(stage, run.config());
  }

  @Override
  public void announced(String note) {
    if (notes.add(note)) {
      console.print(note);
    }
  }

  /** A line of a log. */
  void logged(String line) {
    console.print(line);
  }

  @Override
  public void wentOn(long steps) {
    console.print(String.format(Locale.ROOT, "goes on from step %d", steps));
  }

  @Override
  public void stageBegan(Stage stage, String label, long all, long done) {
    remaining.stageBegan(stage, label, all, done);
    explain(stage, "");
    String why = why(stage);
    console.pin(table::lines, why.isEmpty() ? "" : stage.words() + ": " + why);
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
    over(run, record.headlineScores(), result(record));
    Double left = remaining.left().study();
    if (!StageConsole.onTerminal() && left != null && over < runs) {
      console.print(String.format(Locale.ROOT, "  about %s left", StageBar.clock(left)));
    }
  }

  @Override
  public TimeLeft left() {
    return remaining.left();
  }

  @Override
  public void close() {
    console.close();
    if (atWork == null) {
      prepares("");
    }
  }

  private void over(PlannedRun run, List<Score> scores, String what) {
    over++;
    Optional<String> variant = table.ended(run, scores);
    if (atWork != null) {
      console.pin(table::lines, "");
    }
    console.print(String.format(Locale.ROOT, "[%d/%d] %s: %s", over, runs, name(run), what));
    if (!StageConsole.onTerminal()) {
      variant.ifPresent(console::print);
    }
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
