package albert.experiments.run;

import albert.datasets.task.Task;
import albert.datasets.task.TextExample;
import albert.evaluation.record.Score;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Scores of predictions on dev, and on the two halves of it that the protocol {@link
 * Protocol#BEST_ON_HALF} chooses and reports on. Which half an example is in follows from the
 * SHA-256 of its id, so that it is the same in every run.
 *
 * @param task what is predicted
 * @param examples dev
 */
record DevScores(Task task, List<TextExample> examples) {

  private static final String SPLIT = "dev";
  private static final String HALF = "dev-half";
  private static final Seeds HALVES = new Seeds(0);

  /** On all examples that have a label. */
  List<Score> whole(double[] predictions, String protocol) {
    return whole(predictions, SPLIT, protocol);
  }

  /** On all examples that have a label, of a part of another name. */
  List<Score> whole(double[] predictions, String split, String protocol) {
    return scores(predictions, split, protocol, row -> true);
  }

  /** On the half that a checkpoint is chosen by. */
  List<Score> choosing(double[] predictions) {
    return scores(predictions, HALF, "chosen by", row -> !reports(examples.get(row)));
  }

  /** On the other half. */
  List<Score> reporting(double[] predictions, String protocol) {
    return scores(predictions, HALF, protocol, row -> reports(examples.get(row)));
  }

  /** Whether an example is in the half that is reported on. */
  static boolean reports(TextExample example) {
    return (HALVES.child(example.id()) & 1) == 1;
  }

  private List<Score> scores(
      double[] predictions, String split, String protocol, IntPredicate which) {
    int[] rows =
        IntStream.range(0, examples.size())
            .filter(row -> examples.get(row).hasLabel())
            .filter(which)
            .toArray();
    double[] gold = IntStream.of(rows).mapToDouble(row -> examples.get(row).label()).toArray();
    double[] given = IntStream.of(rows).mapToDouble(row -> predictions[row]).toArray();
    return task.metrics().stream()
        .map(
            metric ->
                metric
                    .compute(gold, given)
                    .toScore(task.id(), metric.id(), split, rows.length, protocol))
        .toList();
  }
}
