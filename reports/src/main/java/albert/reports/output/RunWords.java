package albert.reports.output;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Single runs in words. */
public final class RunWords {
  private RunWords() {}

  /** How many runs a variant has, and what became of them. */
  public static String counts(ReportRow row) {
    List<String> parts = new ArrayList<>();
    parts.add(Numbers.plural(row.runs().size(), "run"));
    if (row.count(RunStatus.FAILED) > 0) {
      parts.add(row.count(RunStatus.FAILED) + " failed");
    }
    if (row.count(RunStatus.RUNNING) > 0) {
      parts.add(row.count(RunStatus.RUNNING) + " unfinished");
    }
    return String.join(", ", parts);
  }

  /** The seeds; one number where both are the same. */
  public static String seeds(RunRecord run) {
    return run.initSeed() == run.dataSeed()
        ? Long.toString(run.initSeed())
        : "init " + run.initSeed() + ", data " + run.dataSeed();
  }

  /** How far it came, why it stopped there, and its notes. */
  public static String status(RunRecord run) {
    String status =
        switch (run.status()) {
          case FINISHED -> "finished";
          case RUNNING -> "not finished";
          case FAILED -> "failed: " + run.failureReason();
        };
    return run.notes().isEmpty() ? status : status + "; " + String.join("; ", run.notes());
  }

  /** A score with what it was taken from, or why there is none. */
  public static String score(Score score) {
    Double value = score.value();
    String figure =
        value == null
            ? "none (" + score.reason() + ")"
            : Numbers.fixed(value, Math.abs(value) <= 1 ? 4 : 2);
    return String.format(
        Locale.ROOT,
        "%s %s on %s, n = %s, model: %s",
        score.metric().replace('_', ' '),
        figure,
        score.split(),
        Numbers.whole((double) score.n()),
        score.protocol());
  }

  /** Seconds of training and of evaluation. */
  public static String time(RunRecord run) {
    return both(
        run.timings().trainSeconds(),
        " s training",
        run.timings().evaluationSeconds(),
        " s evaluation");
  }

  /** Tokens a second in training and in inference. */
  public static String speed(RunRecord run) {
    return both(
        run.performance().trainTokensPerSecond(),
        " training",
        run.performance().inferenceTokensPerSecond(),
        " inference");
  }

  private static String both(
      @Nullable Double first, String firstUnit, @Nullable Double second, String secondUnit) {
    List<String> parts = new ArrayList<>();
    if (first != null) {
      parts.add(Numbers.whole(first) + firstUnit);
    }
    if (second != null) {
      parts.add(Numbers.whole(second) + secondUnit);
    }
    return parts.isEmpty() ? "–" : String.join(", ", parts);
  }
}
