package albert.experiments.cli;

import albert.experiments.cli.terminal.StageConsole;
import albert.experiments.stage.StageWatch;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.pretraining.HeldOutScores;
import albert.model.runtime.StepResult;
import java.util.Locale;
import java.util.Map;

/**
 * Shows a pretraining: its stage, with the newest loss behind the bar, and a line for every
 * evaluation.
 *
 * @param console shows stages and lines
 * @param stages measures the stages for it
 */
record PretrainProgress(StageConsole console, StageWatch stages) implements TrainingListener {
  PretrainProgress(StageConsole console) {
    this(console, new StageWatch(console, System::nanoTime));
  }

  @Override
  public void announced(String note) {
    console.print(note);
  }

  @Override
  public void stepped(long steps, StepResult result, double learningRate) {
    console.behind(String.format(Locale.ROOT, "loss %.3f", result.loss()));
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
}
