package albert.datasets.span;

import albert.datasets.batch.EncodedSequence;

/**
 * A stretch of a context with its question in front, as a model takes it: {@code [CLS] question
 * [SEP] stretch [SEP]}. The arrays are not copied: who makes one hands them over.
 *
 * @param example the index of its question in the list that was encoded
 * @param sequence its ids
 * @param contextStart the position of the stretch's first piece
 * @param starts where in the context each piece of the stretch begins [pieces of the stretch]
 * @param ends where each ends, exclusive [pieces of the stretch]
 * @param maxContext whether no other window shows more text around the piece [pieces of the
 *     stretch]
 * @param startPosition position of the answer's first piece; 0, which is [CLS], if the stretch does
 *     not have the answer
 * @param endPosition position of its last piece, or 0
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record SpanWindow(
    int example,
    EncodedSequence sequence,
    int contextStart,
    int[] starts,
    int[] ends,
    boolean[] maxContext,
    int startPosition,
    int endPosition) {

  /** Whether the stretch has the answer. */
  public boolean hasAnswer() {
    return startPosition > 0;
  }

  /** How many pieces the stretch has. */
  public int contextLength() {
    return starts.length;
  }

  /** Whether an answer may begin or end here: the stretch, and [CLS] for no answer. */
  public boolean isAllowed(int position) {
    return position == 0 || isContext(position);
  }

  /** Whether the position is in the stretch. */
  boolean isContext(int position) {
    return position >= contextStart && position < contextStart + starts.length;
  }
}
