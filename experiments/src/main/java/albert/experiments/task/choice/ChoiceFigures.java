package albert.experiments.task.choice;

import albert.datasets.choice.ChoiceQuestion;
import albert.datasets.choice.ChoiceTask;
import albert.evaluation.metric.Metric;
import albert.evaluation.metric.MetricValue;
import albert.evaluation.record.Score;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Questions with a known answer and what is scored of them: all together, then those of each level
 * that there is, with their own number of examples.
 *
 * @param questions in any order
 */
record ChoiceFigures(List<ChoiceQuestion> questions) {
  /** Copies the list. */
  ChoiceFigures {
    questions = List.copyOf(questions);
  }

  /** Computes a score. */
  @FunctionalInterface
  private interface Figure {
    /**
     * The score of some questions.
     *
     * @param rows which of them
     */
    MetricValue of(int[] rows);
  }

  /**
   * The accuracies of predictions.
   *
   * @param predicted the index of the choice that is predicted of a row
   */
  List<Score> of(IntUnaryOperator predicted, String task, String split, String protocol) {
    return scores(
        rows ->
            Metric.ACCURACY.compute(
                IntStream.of(rows).map(row -> questions.get(row).answer()).toArray(),
                IntStream.of(rows).map(predicted).toArray()),
        task,
        split,
        protocol);
  }

  /** The accuracies that a blind choice can be expected to have. */
  List<Score> ofChance(String task, String split, String protocol) {
    return scores(
        rows ->
            MetricValue.of(
                IntStream.of(rows)
                    .mapToDouble(row -> 1.0 / questions.get(row).choices().size())
                    .average()
                    .orElseThrow()),
        task,
        split,
        protocol);
  }

  private List<Score> scores(Figure figure, String task, String split, String protocol) {
    Set<String> levels = new LinkedHashSet<>(List.of(""));
    questions.forEach(question -> levels.add(question.level()));
    List<Score> scores = new ArrayList<>();
    for (String level : levels) {
      int[] rows =
          IntStream.range(0, questions.size())
              .filter(row -> level.isEmpty() || questions.get(row).level().equals(level))
              .toArray();
      scores.add(
          figure.of(rows).toScore(task, ChoiceTask.metric(level), split, rows.length, protocol));
    }
    return scores;
  }
}
