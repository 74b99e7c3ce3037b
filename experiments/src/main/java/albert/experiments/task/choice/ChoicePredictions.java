package albert.experiments.task.choice;

import albert.datasets.choice.ChoiceQuestion;
import albert.datasets.task.Task;
import albert.evaluation.record.Score;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Choices of answers.
 *
 * @param task whose they are
 * @param questions that were answered
 * @param values by question: float32 [choices], the score of each
 */
record ChoicePredictions(
    Task<ChoiceQuestion> task, List<ChoiceQuestion> questions, List<float[]> values)
    implements Predictions {

  /** Copies the lists. */
  ChoicePredictions {
    questions = List.copyOf(questions);
    values = List.copyOf(values);
  }

  @Override
  public List<String> ids() {
    return Predictions.ids(questions);
  }

  /** Of the questions whose answer is known. */
  @Override
  public List<Score> scores(IntPredicate which, String split, String protocol) {
    int[] rows = Predictions.labelled(questions, which);
    return new ChoiceFigures(IntStream.of(rows).mapToObj(questions::get).toList())
        .of(row -> ChoiceLine.best(values.get(rows[row])), task.id(), split, protocol);
  }

  @Override
  public Optional<String> note() {
    return values.size() > 1 && values.stream().map(ChoiceLine::best).distinct().count() == 1
        ? Optional.of("choose the same position in every question of dev")
        : Optional.empty();
  }

  /**
   * A file {@code PART.jsonl}, a line a question with {@code id}, {@code prediction} (an index),
   * {@code probabilities} and, where it is known, {@code label}.
   */
  @Override
  public void write(Path folder, String part) throws IOException {
    PredictionLines.write(
        folder, part, questions.size(), row -> line(questions.get(row), values.get(row)));
  }

  private static Map<String, Object> line(ChoiceQuestion question, float[] scores) {
    Map<String, Object> line = new TreeMap<>();
    line.put("id", question.id());
    line.put("prediction", ChoiceLine.best(scores));
    line.put("probabilities", ChoiceLine.probabilities(scores));
    if (question.hasLabel()) {
      line.put("label", question.answer());
    }
    return line;
  }
}
