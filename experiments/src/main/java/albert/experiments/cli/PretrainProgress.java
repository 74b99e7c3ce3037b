package albert.experiments.cli;

import albert.evaluation.record.Stage;
import albert.experiments.pretraining.HeldOutScores;
import albert.experiments.pretraining.Pretraining;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * A line on standard error for every evaluation, and on a terminal a bar with rate and remaining
 * time.
 */
final class PretrainProgress implements Pretraining.Progress, AutoCloseable {
  private final PrintWriter err;
  private @Nullable ProgressBar bar;

  PretrainProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void stepped(long steps, long total, double loss) {
    if (ConsoleProgress.onTerminal()) {
      if (bar == null) {
        bar = begun(steps - 1, total);
      }
      bar.stepTo(steps);
      bar.setExtraMessage(String.format(Locale.ROOT, " loss %.3f", loss));
    }
  }

  @Override
  public void evaluated(long steps, HeldOutScores scores) {
    err.printf(
        Locale.ROOT,
        "%sstep %d, held-out: masked words loss %.4f, accuracy %.4f%s%n",
        ConsoleProgress.onTerminal() ? ConsoleProgress.CLEAR_LINE : "",
        steps,
        scores.maskedLmLoss(),
        scores.maskedLmAccuracy(),
        words(scores.pairs()));
    err.flush();
  }

  private static String words(HeldOutScores.@Nullable Pairs pairs) {
    return pairs == null
        ? ""
        : String.format(
            Locale.ROOT, "; pairs loss %.4f, accuracy %.4f", pairs.loss(), pairs.accuracy());
  }

  private static ProgressBar begun(long from, long total) {
    return WorkBar.builder(Stage.PRETRAINING.words(), Stage.PRETRAINING.unit(), total)
        .startsFrom(from, Duration.ZERO)
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
