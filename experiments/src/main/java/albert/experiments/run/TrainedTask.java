package albert.experiments.run;

import albert.datasets.task.Task;
import albert.datasets.task.Tasks;
import albert.datasets.task.TextExample;
import albert.experiments.InputException;
import albert.experiments.pretrained.PretrainedModel;
import java.util.Locale;
import java.util.Optional;

/**
 * What a fine-tuned model was trained for, and so whether it reads single texts or pairs.
 *
 * @param task empty where the weights' folder does not say
 */
public record TrainedTask(Optional<Task> task) {

  /** By the {@code run_config.json} beside the weights. */
  public static TrainedTask of(PretrainedModel checkpoint) {
    return new TrainedTask(Tasks.byId(TrainedSettings.of(checkpoint).task()));
  }

  /**
   * Sees that a pair is one where the task is of pairs, and only there.
   *
   * @throws InputException with the text's id, if it is not
   */
  public void requireFitting(TextExample text) {
    boolean pair = text.pair() != null;
    if (task.isPresent() && task.get().isOfPairs() != pair) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: there is %s pair, but the model was trained for %s, a task of %s",
              text.id(),
              pair ? "a" : "no",
              task.get().id(),
              pair ? "single texts" : "pairs"));
    }
  }
}
