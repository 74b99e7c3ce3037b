package albert.experiments.task.kind;

import albert.datasets.task.Task;
import albert.experiments.InputException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files to score.
 *
 * @param gold the official file with the right answers
 * @param predictions for it
 * @param noAnswer probability, or score, of no answer by question, for data with such questions
 * @param warnings hears of what is odd, a line each
 */
public record ScoredFiles(
    Path gold, Path predictions, Optional<Path> noAnswer, Consumer<String> warnings) {
  /**
   * Sees that there are no probabilities of no answer.
   *
   * @param task which knows no questions without an answer
   * @throws InputException if there are
   */
  public void requireNoUnanswerable(Task<?> task) {
    if (noAnswer.isPresent()) {
      throw new InputException(
          String.format(
              Locale.ROOT, "--na-probabilities is for squad-v2.0, --task is %s", task.id()));
    }
  }
}
