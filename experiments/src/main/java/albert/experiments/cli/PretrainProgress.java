package albert.experiments.cli;

import albert.evaluation.record.Stage;
import albert.experiments.cli.terminal.StageConsole;
import albert.experiments.cli.terminal.WorkBar;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.pretraining.HeldOutScores;
import albert.model.runtime.StepResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * A line on standard error for every evaluation, and on a terminal a bar with rate and remaining
 * time.
 */
final class PretrainProgress implements TrainingListener, AutoCloseable {
  private final PrintWriter err;
  private final long all;
  private @Nullable ProgressBar bar;

  /**
   * @param all steps of the whole training
   */
  PretrainProgress(PrintWriter err, long all) {
    this.err = err;
    this.all = all;
  }

  @Override
  public void announced(String note) {
    err.println(note);
    err.flush();
  }

  @Override
  public void stepped(long steps, StepResult result, double learningRate) {
    if (StageConsole.onTerminal()) {
      if (bar == null) {
        bar = begun(steps - 1, all);
      }
      bar.stepTo(steps);
      bar.setExtraMessage(String.format(Locale.ROOT, " loss %.3f", result.loss()));
    }
  }

  @Override
  public void evaluated(long steps, Map<String, Double> figures) {
    String pairs =
        figures.containsKey(HeldOutScores.PAIR_LOSS)
            ? String.format(
                Locale.ROOT,
                "; pairs loss %.4f, accuracy %.4f",
                figures.get(HeldOutScores.PAIR_LOSS),
                figures.get(HeldOutScores.PAIR_ACCURACY))
            : "";
    err.printf(
        Locale.ROOT,
        "%sstep %d, held-out: masked words loss %.4f, accuracy %.4f%s%n",
        StageConsole.onTerminal() ? StageConsole.CLEAR_LINE : "",
        steps,
        figures.get(HeldOutScores.MASKED_LM_LOSS),
        figures.get(HeldOutScores.MASKED_LM_ACCURACY),
        pairs);
    err.flush();
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
