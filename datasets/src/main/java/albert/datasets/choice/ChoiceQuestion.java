package albert.datasets.choice;

import albert.datasets.task.Example;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question with several answers to choose from, one of them right.
 *
 * @param id its name in its part of the data set
 * @param level the group of questions with a score of its own that it belongs to: {@code middle};
 *     empty for none
 * @param passage the text that the question is about; empty for none
 * @param question what is asked, or the beginning that the choices go on with
 * @param choices at least two
 * @param answer the index of the right choice, or {@value #UNKNOWN}
 */
public record ChoiceQuestion(
    String id, String level, String passage, String question, List<String> choices, int answer)
    implements Example {
  /** The answer of a question whose right choice is not known. */
  public static final int UNKNOWN = -1;

  private static final Pattern GAP = Pattern.compile("_+");

  /**
   * Copies the choices and checks them.
   *
   * @throws IllegalArgumentException if there are fewer than two, or the answer is none of them
   */
  public ChoiceQuestion {
    choices = List.copyOf(choices);
    if (choices.size() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "it has %d choice%s, at least 2 are needed",
              choices.size(),
              choices.size() == 1 ? "" : "s"));
    }
    if (answer != UNKNOWN && (answer < 0 || answer >= choices.size())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the right choice is %d, allowed are 0 to %d",
              answer,
              choices.size() - 1));
    }
  }

  @Override
  public boolean hasLabel() {
    return answer != UNKNOWN;
  }

  /**
   * The question with a choice: the choice stands in the question's gap, or after it where it has
   * none (google-research/albert, {@code race_utils.py:RaceProcessor.read_examples}).
   *
   * <p><b>Differs from it</b> in gaps of several underscores, which DREAM has: the choice stands
   * there once, not once for each underscore.
   */
  public String with(String choice) {
    String chosen = choice.strip();
    Matcher gap = GAP.matcher(question.strip());
    return gap.find()
        ? gap.replaceAll(Matcher.quoteReplacement(chosen))
        : question.strip() + " " + chosen;
  }
}
