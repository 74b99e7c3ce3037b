package albert.experiments.task.span;

import albert.datasets.batch.EncodedExample;
import albert.datasets.span.SpanExample;
import albert.datasets.span.SpanWindows;
import albert.experiments.task.kind.Sequences;
import java.util.List;

/**
 * Windows of texts, each with its question.
 *
 * @param questions what was encoded
 * @param windows in the order of the questions
 */
record SpanSequences(List<SpanExample> questions, SpanWindows windows) implements Sequences {
  /** Copies the list. */
  SpanSequences {
    questions = List.copyOf(questions);
  }

  @Override
  public List<EncodedExample> rows() {
    return windows.examples();
  }

  @Override
  public int example(int row) {
    return windows.windows().get(row).example();
  }

  /** Questions alone: texts are read window by window. */
  @Override
  public long cut() {
    return windows.cutQuestions();
  }
}
