package albert.datasets.span;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.StoredExamples;
import java.util.List;

/**
 * The windows of many questions.
 *
 * @param windows in the order of the questions
 * @param cutQuestions how many questions were longer than the longest
 */
public record SpanWindows(List<SpanWindow> windows, long cutQuestions) {

  /** Copies the list. */
  public SpanWindows {
    windows = List.copyOf(windows);
  }

  /**
   * For batches; {@link EncodedExample#row()} is the window's index, the labels are the positions
   * of the answer's first and last piece, 0 for none.
   */
  public List<EncodedExample> examples() {
    return StoredExamples.of(
        windows.size(),
        index -> {
          SpanWindow window = windows.get(index);
          return new EncodedExample(
              index, window.sequence(), window.startPosition(), window.endPosition());
        });
  }
}
