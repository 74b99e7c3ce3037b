package albert.experiments.cli;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.experiments.config.PlannedRun;
import albert.experiments.run.StudyProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * A line on standard error for every run that is over, and on a terminal a bar with the rate and
 * the remaining time of the whole study. What many runs have to say is said once.
 */
final class ConsoleProgress implements StudyProgress, AutoCloseable {

  /** The launcher says whether standard error is a terminal. */
  static final String TERMINAL = "albert.terminal";

  static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal = onTerminal();
  private @Nullable ProgressBar bar;
  private final Set<String> notes = new HashSet<>();
  private int runs;
  private int over;

  ConsoleProgress(PrintWriter err) {
    this.err = err;
  }

  /** Whether standard error is a terminal, where a bar can be drawn. */
  static boolean onTerminal() {
    return Boolean.getBoolean(TERMINAL);
  }

  @Override
  public void begun(int runs, long steps) {
    this.runs = runs;
    if (terminal) {
      bar = WorkBar.builder("steps", steps).build();
    }
  }

  @Override
  public void skipped(PlannedRun run, long steps, String why) {
    if (bar != null) {
      // counts as done without counting for the rate
      bar.maxHint(Math.max(0, bar.getMax() - steps));
    }
    line(run, why);
  }

  @Override
  public void started(PlannedRun run) {
    if (bar != null) {
      bar.setExtraMessage(" " + name(run));
    }
  }

  @Override
  public void announced(String note) {
    if (notes.add(note)) {
      print(note);
    }
  }

  @Override
  public void wentOn(long steps) {
    if (bar != null) {
      bar.maxHint(Math.max(0, bar.getMax() - steps));
    }
    print(String.format(Locale.ROOT, "goes on from step %d", steps));
  }

  @Override
  public void stepped() {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void ended(PlannedRun run, RunRecord record, long stepsLeft) {
    if (bar != null) {
      bar.maxHint(Math.max(0, bar.getMax() - stepsLeft));
    }
    line(run, result(record));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private void line(PlannedRun run, String what) {
    over++;
    print(String.format(Locale.ROOT, "[%d/%d] %s: %s", over, runs, name(run), what));
  }

  private void print(String line) {
    err.printf(Locale.ROOT, "%s%s%n", terminal ? CLEAR_LINE : "", line);
    err.flush();
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
    String scores =
        record.headlineScores().stream()
            .map(ConsoleProgress::score)
            .collect(Collectors.joining(", "));
    Duration time =
        Duration.between(
            record.timings().started(), Objects.requireNonNull(record.timings().finished()));
    String notes = record.notes().stream().map(note -> "; " + note).collect(Collectors.joining());
    return String.format(Locale.ROOT, "%s, %d s%s", scores, time.toSeconds(), notes);
  }

  private static String score(Score score) {
    return score.value() == null
        ? String.format(Locale.ROOT, "%s undefined (%s)", score.metric(), score.reason())
        : String.format(Locale.ROOT, "%s %.4f", score.metric(), score.value());
  }
}
