package albert.experiments.cli;

import albert.evaluation.record.RunProgress;
import albert.evaluation.record.RunProgress.State;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.evaluation.record.StageProgress;
import albert.evaluation.record.StageSeconds;
import albert.experiments.cli.terminal.StageBar;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /** As who is at it expects, else the steps left at the seconds a step of the finished runs. */
  private static String remaining(List<RunProgress> runs) {
    OptionalDouble expected = expected(runs);
    if (expected.isPresent()) {
      return minutes(expected.getAsDouble());
    }
    double seconds = 0;
    long steps = 0;
    for (RunProgress run : runs) {
      RunRecord record = run.record();
      Instant end = record == null ? null : record.timings().finished();
      if (run.state() == State.FINISHED && record != null && end != null) {
        seconds += seconds(record, end);
        steps += run.entry().steps();
      }
    }
    long left =
        runs.stream()
            .filter(run -> !run.isOver())
            .mapToLong(run -> Math.max(0, run.entry().steps() - run.step()))
            .sum();
    return steps == 0 || left == 0 ? "" : minutes(left * seconds / steps);
  }

  private static String minutes(double seconds) {
    return String.format(Locale.ROOT, "; about %.0f min left", seconds / SECONDS_A_MINUTE);
  }

  /**
   * What the processes at work expect of the whole study, each that they did it alone, divided by
   * how many they are.
   */
  private static OptionalDouble expected(List<RunProgress> runs) {
    double[] seconds =
        runs.stream()
            .map(RunProgress::stage)
            .filter(stage -> stage != null && stage.studySeconds() != null)
            .mapToDouble(stage -> Objects.requireNonNull(stage.studySeconds()))
            .toArray();
    return seconds.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Arrays.stream(seconds).average().orElseThrow() / seconds.length);
  }

  /** Own stages alone: what runs share is there. */
  private static double seconds(RunRecord record, Instant end) {
    List<StageSeconds> stages = record.timings().stages();
    return stages.isEmpty()
        ? Duration.between(record.timings().started(), end).toMillis() * 1e-3
        : stages.stream()
            .filter(stage -> !stage.stage().isShared())
            .mapToDouble(StageSeconds::seconds)
            .sum();
  }

  private static String seeds(RunProgress run) {
    long init = run.entry().initSeed();
    long data = run.entry().dataSeed();
    return init == data ? "seed " + init : "seeds " + init + ", " + data;
  }

  private static String detail(RunProgress run) {
    RunRecord record = run.record();
    if (run.state() == State.FINISHED && record != null) {
      return scores(record.scores());
    }
    if (run.state() == State.FAILED && record != null) {
      return String.valueOf(record.failureReason());
    }
    if (run.state() == State.TO_DO) {
      return "";
    }
    StageProgress stage = run.stage();
    if (stage != null) {
      return stage(stage);
    }
    String loss =
        run.trainLoss() == null ? "" : String.format(Locale.ROOT, ", loss %.4f", run.trainLoss());
    return String.format(Locale.ROOT, "step %d of %d%s", run.step(), run.entry().steps(), loss);
  }

  /** As {@code distillation 120 of 300 steps, 1:05 left; run 2:10}. */
  static String stage(StageProgress stage) {
    String done =
        stage.all() == 0
            ? ""
            : String.format(
                Locale.ROOT, " %,d of %,d %s", stage.done(), stage.all(), stage.stage().unit());
    return stage.stage().words()
        + done
        + left(", %s left", stage.stageSeconds())
        + left("; run %s", stage.runSeconds());
  }

  private static String left(String format, @Nullable Double seconds) {
    return seconds == null ? "" : String.format(Locale.ROOT, format, StageBar.clock(seconds));
  }

  /** Those that are of the same task, part and protocol as the first, then what these are. */
  static String scores(List<Score> scores) {
    if (scores.isEmpty()) {
      return "";
    }
    Score first = scores.get(0);
    return scores.stream()
        .filter(
            score ->
                score.task().equals(first.task())
                    && score.split().equals(first.split())
                    && score.protocol().equals(first.protocol()))
        .map(StatusTable::score)
        .collect(
            Collectors.joining(
                ", ",
                "",
                String.format(Locale.ROOT, " (%s, %s)", first.split(), first.protocol())));
  }

  private static String score(Score score) {
    return score.value() == null
        ? score.metric() + " undefined"
        : String.format(Locale.ROOT, "%s %.4f", score.metric(), score.value());
  }
}
