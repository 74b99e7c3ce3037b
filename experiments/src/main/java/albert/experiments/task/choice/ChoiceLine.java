package albert.experiments.task.choice;

import albert.datasets.choice.ChoiceQuestion;
import albert.experiments.task.kind.InputLine;
import com.fasterxml.jackson.databind.JsonNode;
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
  static ChoiceQuestion read(InputLine line) {
    String question = line.text("question");
    String passage = Objects.requireNonNullElse(line.optionalText("passage"), "");
    JsonNode choices = line.object().path("choices");
    if (!choices.isArray()) {
      throw line.problem(
          choices.isMissingNode()
              ? "has no key choices, needed is " + line.needed()
              : "choices is not a list of strings");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode choice : choices) {
      if (!choice.isTextual()) {
        throw line.problem("choices is not a list of strings");
      }
      texts.add(choice.textValue());
    }
    try {
      return new ChoiceQuestion(line.place(), "", passage, question, texts, ChoiceQuestion.UNKNOWN);
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
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
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
