package albert.datasets.span;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions and the paragraphs that they are about. */
final class ParagraphRetrievalTest {

  private static SpanExample example(String question, String context, boolean answered) {
    return new SpanExample(
        question,
        "title",
        question,
        context,
        answered ? List.of(new SpanAnswer("x", 0)) : List.of());
  }

  @Test
  void equalParagraphsAreOneAndUnansweredQuestionsAskNothing() {
    ParagraphRetrieval set =
        ParagraphRetrieval.of(
            List.of(
                example("q1", "x one", true),
                example("q2", "x one", true),
                example("q3", "x two", false),
                example("q4", "x three", true),
                example("q5", "x one", true)));
    assertThat(set.paragraphs()).containsExactly("x one", "x two", "x three");
    assertThat(set.questions()).containsExactly("q1", "q2", "q4", "q5");
    assertThat(set.right()).containsExactly(0, 0, 2, 0);
  }
}
