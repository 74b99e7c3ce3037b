package albert.experiments.training.pretraining;

import albert.experiments.stage.StageWatch;
import albert.experiments.training.TrainingListener;
import albert.model.runtime.StepResult;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures a pretraining that is part of other work, and says how it goes.
 *
 * @param stages counts its steps
 * @param notes hears of every evaluation, a line each
 */
public record WatchedPretraining(StageWatch stages, Consumer<String> notes)
    implements TrainingListener {

  @Override
  public void announced(String note) {
    notes.accept(note);
  }

  @Override
  public void stepped(long steps, StepResult result, double learningRate) {
    // the stage counts its steps
  }

  @Override
  public void evaluated(long steps, Map<String, Double> figures) {
    Double pairs = figures.get(HeldOutScores.PAIR_ACCURACY);
    notes.accept(
        String.format(
            Locale.ROOT,
            "pretraining, step %d: held-out masked words: loss %.3f%s",
            steps,
            figures.get(HeldOutScores.MASKED_LM_LOSS),
            pairs == null ? "" : String.format(Locale.ROOT, ", pairs: accuracy %.3f", pairs)));
  }
}
