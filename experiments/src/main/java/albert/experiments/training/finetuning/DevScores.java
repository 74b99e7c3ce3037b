package albert.experiments.training.finetuning;

import albert.evaluation.record.Score;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.task.kind.Predictions;
import albert.experiments.training.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Scores of predictions on dev, and on the two halves of it that the protocol {@link
 * Protocol#BEST_ON_HALF} chooses and reports on. Which half an example is in follows from the
 * SHA-256 of its id, so that it is the same in every run.
 *
 * @param predictions for dev
 */
record DevScores(Predictions predictions) {

  private static final String HALF = "dev-half";
  private static final Seeds HALVES = new Seeds(0);

  /** On all examples that have a label. */
  List<Score> whole(String protocol) {
    List<Score> scores =
        new ArrayList<>(predictions.scores(row -> true, EncodedTask.DEV, protocol));
    scores.addAll(predictions.chosenScores(EncodedTask.DEV, protocol));
    return scores;
  }

  /** On the half that a checkpoint is chosen by. */
  List<Score> choosing() {
    List<String> ids = predictions.ids();
    return predictions.scores(row -> !reports(ids.get(row)), HALF, "chosen by");
  }

  /** On the other half. */
  List<Score> reporting(String protocol) {
    List<String> ids = predictions.ids();
    IntPredicate reporting = row -> reports(ids.get(row));
    List<Score> scores = new ArrayList<>(predictions.scores(reporting, HALF, protocol));
    scores.addAll(predictions.transferredScores(reporting.negate(), reporting, HALF, protocol));
    return scores;
  }

  /** Whether an example, by its id, is in the half that is reported on. */
  static boolean reports(String id) {
    return (HALVES.child(id) & 1) == 1;
  }
}
