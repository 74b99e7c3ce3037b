package albert.datasets.span;

import albert.datasets.task.Example;
import java.util.List;
import java.util.Optional;

/**
 * A question about a text.
 *
 * @param id its name, unique in its file
 * @param title of the article that the text is from
 * @param question the question
 * @param context the text, exactly as in the file
 * @param answers of several people; empty if the text holds no answer
 */
public record SpanExample(
    String id, String title, String question, String context, List<SpanAnswer> answers)
    implements Example {

  /** Copies the answers. */
  public SpanExample {
    answers = List.copyOf(answers);
  }

  /** Whether the text holds an answer. */
  public boolean isAnswerable() {
    return !answers.isEmpty();
  }

  /** The answer to learn: the first that is in the text, if there is one. */
  public Optional<SpanAnswer> target() {
    return answers.stream().filter(SpanAnswer::isLocated).findFirst();
  }
}
