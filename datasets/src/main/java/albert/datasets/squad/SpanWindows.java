package albert.datasets.squad;

import albert.datasets.batch.EncodedExample;
import java.util.AbstractList;
import java.util.List;

/**
 * The windows of many questions.
 *
 * @param windows in the order of the questions
 */
public record SpanWindows(List<SpanWindow> windows) {

  /** Copies the list. */
  public SpanWindows {
    windows = List.copyOf(windows);
  }

  /**
   * For batches; {@link EncodedExample#row()} is the window's index, the labels are the positions
   * of the answer's first and last piece, 0 for none.
   */
  public List<EncodedExample> examples() {
    return new AbstractList<>() {
      @Override
      public EncodedExample get(int index) {
        SpanWindow window = windows.get(index);
        return new EncodedExample(
            index, window.sequence(), window.startPosition(), window.endPosition());
      }

      @Override
      public int size() {
        return windows.size();
      }
    };
  }
}
