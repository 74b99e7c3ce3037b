package albert.datasets.span;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions that each have to find their paragraph among all: SQuAD as a retrieval set. Paragraphs
 * with the same text are one.
 *
 * @param paragraphs in the order of their first questions
 * @param questions those that have an answer
 * @param right for each question the index of its paragraph
 */
public record ParagraphRetrieval(
    List<String> paragraphs, List<String> questions, List<Integer> right) {

  /** Copies its arguments. */
  public ParagraphRetrieval {
    paragraphs = List.copyOf(paragraphs);
    questions = List.copyOf(questions);
    right = List.copyOf(right);
  }

  /** Made of the questions of a part of SQuAD. */
  public static ParagraphRetrieval of(List<SpanExample> examples) {
    Map<String, Integer> paragraphs = new LinkedHashMap<>();
    List<String> questions = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    for (SpanExample example : examples) {
      int paragraph = paragraphs.computeIfAbsent(example.context(), text -> paragraphs.size());
      if (example.isAnswerable()) {
        questions.add(example.question());
        right.add(paragraph);
      }
    }
    return new ParagraphRetrieval(List.copyOf(paragraphs.keySet()), questions, right);
  }
}
