package albert.experiments.cli;

import albert.evaluation.record.RunProgress;
import albert.evaluation.record.RunProgress.State;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The runs of a study as a table for the terminal, under a line that sums up. */
final class StatusTable {

  private static final int SECONDS_A_MINUTE = 60;

  private StatusTable() {}

  static void print(String study, List<RunProgress> runs, PrintWriter out) {
    out.printf(Locale.ROOT, "%s: %s%s%n", study, counts(runs), remaining(runs));
    int width = runs.stream().mapToInt(run -> run.entry().label().length()).max().orElse(0);
    for (RunProgress run : runs) {
      out.printf(
          Locale.ROOT,
          "  %s  %-" + Math.max(1, width) + "s  %-9s  %-10s  %s%n",
          run.entry().runId(),
          run.entry().label(),
          seeds(run),
          run.state().words(),
          detail(run));
    }
  }

  private static String counts(List<RunProgress> runs) {
    return Arrays.stream(State.values())
        .map(
            state ->
                String.format(
                    Locale.ROOT,
                    "%d %s",
                    runs.stream().filter(run -> run.state() == state).count(),
                    state.words()))
        .filter(count -> !count.startsWith("0 "))
        .collect(Collectors.joining(", "));
  }

  /** The steps that are left at the seconds a step that the finished runs took. */
  private static String remaining(List<RunProgress> runs) {
    double seconds = 0;
    long steps = 0;
    for (RunProgress run : runs) {
      RunRecord record = run.record();
      Instant end = record == null ? null : record.timings().finished();
      if (run.state() == State.FINISHED && record != null && end != null) {
        seconds += Duration.between(record.timings().started(), end).toMillis() * 1e-3;
        steps += run.entry().steps();
      }
    }
    long left =
        runs.stream()
            .filter(run -> !run.isOver())
            .mapToLong(run -> Math.max(0, run.entry().steps() - run.step()))
            .sum();
    return steps == 0 || left == 0
        ? ""
        : String.format(
            Locale.ROOT, "; about %.0f min left", left * seconds / steps / SECONDS_A_MINUTE);
  }

  private static String seeds(RunProgress run) {
    long init = run.entry().initSeed();
    long data = run.entry().dataSeed();
    return init == data ? "seed " + init : "seeds " + init + ", " + data;
  }

  private static String detail(RunProgress run) {
    RunRecord record = run.record();
    if (run.state() == State.FINISHED && record != null) {
      return record.scores().stream().map(StatusTable::score).collect(Collectors.joining(", "));
    }
    if (run.state() == State.FAILED && record != null) {
      return String.valueOf(record.failureReason());
    }
    if (run.state() == State.TO_DO) {
      return "";
    }
    String loss =
        run.trainLoss() == null ? "" : String.format(Locale.ROOT, ", loss %.4f", run.trainLoss());
    return String.format(Locale.ROOT, "step %d of %d%s", run.step(), run.entry().steps(), loss);
  }

  private static String score(Score score) {
    return score.value() == null
        ? score.metric() + " undefined"
        : String.format(Locale.ROOT, "%s %.4f", score.metric(), score.value());
  }
}
