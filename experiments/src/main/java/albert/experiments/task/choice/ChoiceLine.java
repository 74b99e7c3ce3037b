package albert.experiments.task.choice;

import albert.datasets.JsonLine;
import albert.datasets.choice.ChoiceQuestion;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What {@code predict} writes of a question.
 *
 * @param label the index of the choice with the highest score; of equal ones the first
 * @param choice its text, as in the line
 * @param probabilities of the choices, in their order
 */
record ChoiceLine(int label, String choice, List<Float> probabilities) {
  /** The keys of a line. */
  static final List<String> KEYS = List.of("passage", "question", "choices");

  /** Copies the list. */
  ChoiceLine {
    probabilities = List.copyOf(probabilities);
  }

  /**
   * Reads a line; the passage may be missing.
   *
   * @throws albert.datasets.DataFormatException with its place, if it has no question, or fewer
   *     than two choices
   */
  static ChoiceQuestion read(JsonLine line) {
    String question = line.text("question");
    String passage = Objects.requireNonNullElse(line.optionalText("passage"), "");
    List<String> choices = line.texts("choices");
    try {
      return new ChoiceQuestion(
          line.place(), "", passage, question, choices, ChoiceQuestion.UNKNOWN);
    } catch (IllegalArgumentException e) {
      throw line.problem(String.valueOf(e.getMessage()));
    }
  }

  /** What is said of a question. */
  static ChoiceLine of(ChoiceQuestion question, float[] scores) {
    int best = best(scores);
    return new ChoiceLine(best, question.choices().get(best), probabilities(scores));
  }

  /** The index of the highest score; of equal ones the first. */
  static int best(float[] scores) {
    return FloatTensor.largest(scores, 0, scores.length);
  }

  /** The softmax of scores: of 0 and log 3 it is 0.25 and 0.75. */
  static List<Float> probabilities(float[] scores) {
    double highest = scores[best(scores)];
    double[] powers = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      powers[i] = Math.exp(scores[i] - highest);
      sum += powers[i];
    }
    List<Float> probabilities = new ArrayList<>();
    for (double power : powers) {
      probabilities.add((float) (power / sum));
    }
    return probabilities;
  }
}
