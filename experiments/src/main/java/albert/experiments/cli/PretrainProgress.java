package albert.experiments.cli;

import albert.evaluation.record.Stage;
import albert.experiments.cli.terminal.StageConsole;
import albert.experiments.stage.StageWatch;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.pretraining.HeldOutScores;
import albert.model.runtime.StepResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/**
 * Shows a pretraining: its stage from the first step on, with the newest loss behind the bar (and,
 * in float16, how many steps were skipped), and a line for every evaluation.
 */
final class PretrainProgress implements TrainingListener, AutoCloseable {
  private final StageConsole console;
  private final StageWatch stages;
  private final long all;
  private boolean begun;

  /**
   * @param all steps of the whole training
   */
  PretrainProgress(PrintWriter err, long all) {
    this.all = all;
    console = new StageConsole(err);
    stages = new StageWatch(console, System::nanoTime);
  }

  @Override
  public StageWatch stages() {
    return stages;
  }

  @Override
  public void announced(String note) {
    console.print(note);
  }

  @Override
  public void stepped(long steps, StepResult result, double learningRate) {
    if (!begun) {
      begun = true; // not before the texts were read: what is wrong with them is said alone
      stages.begin(Stage.PRETRAINING, Stage.PRETRAINING.words(), all, steps);
    }
    console.behind(String.format(Locale.ROOT, "loss %.3f%s", result.loss(), skipped(result)));
  }

  private static String skipped(StepResult result) {
    StepResult.Scaling scaling = result.scaling();
    return scaling == null || scaling.skippedSteps() == 0
        ? ""
        : String.format(Locale.ROOT, ", %d skipped", scaling.skippedSteps());
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
    console.print(
        String.format(
            Locale.ROOT,
            "step %d, held-out: masked words loss %.4f, accuracy %.4f%s",
            steps,
            figures.get(HeldOutScores.MASKED_LM_LOSS),
            figures.get(HeldOutScores.MASKED_LM_ACCURACY),
            pairs));
  }

  @Override
  public void close() {
    stages.end();
    console.close();
  }
}
