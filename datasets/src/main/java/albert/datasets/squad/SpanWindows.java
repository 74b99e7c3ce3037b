package albert.datasets.squad;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * The windows of many questions, and what a batch of them needs besides its ids.
 *
 * @param windows in the order of the questions
 */
public record SpanWindows(List<SpanWindow> windows) {

  /** Copies the list. */
  public SpanWindows {
    windows = List.copyOf(windows);
  }

  /** For batches; {@link EncodedExample#row()} is the window's index. */
  public List<EncodedExample> examples() {
    return new AbstractList<>() {
      @Override
      public EncodedExample get(int index) {
        return new EncodedExample(index, windows.get(index).sequence(), Double.NaN);
      }

      @Override
      public int size() {
        return windows.size();
      }
    };
  }

  /** Where the answers begin, int32 [batch]; 0 for none. */
  public int[] startPositions(EncodedBatch batch) {
    return Arrays.stream(batch.rows()).map(row -> windows.get(row).startPosition()).toArray();
  }

  /** Where the answers end, inclusive, int32 [batch]; 0 for none. */
  public int[] endPositions(EncodedBatch batch) {
    return Arrays.stream(batch.rows()).map(row -> windows.get(row).endPosition()).toArray();
  }

  /** 1 for a window without an answer, int32 [batch]. */
  public int[] impossible(EncodedBatch batch) {
    return Arrays.stream(batch.rows()).map(row -> windows.get(row).hasAnswer() ? 0 : 1).toArray();
  }

  /** 1 where an answer may begin or end, the [CLS] included, int32 [batch, seq]. */
  public int[] answerMask(EncodedBatch batch) {
    int width = batch.sequenceLength();
    int[] mask = new int[batch.size() * width];
    for (int i = 0; i < batch.size(); i++) {
      SpanWindow window = windows.get(batch.rows()[i]);
      int from = i * width;
      mask[from] = 1;
      int context = from + window.contextStart();
      Arrays.fill(mask, context, context + window.contextLength(), 1);
    }
    return mask;
  }
}
