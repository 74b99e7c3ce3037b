package albert.experiments.encoding;

import albert.datasets.batch.EncodedSequence;
import java.util.Arrays;

/**
 * A sequence.
 *
 * @param ids int32 [length]
 * @param types likewise
 * @param mask likewise, 1 = token, 0 = padding
 */
@SuppressWarnings("ArrayRecordComponent") // owned, never compared
public record Row(int[] ids, int[] types, int[] mask) {
  /** A text or a pair, every piece of which is a token. */
  static Row of(EncodedSequence sequence) {
    int[] mask = new int[sequence.length()];
    Arrays.fill(mask, 1);
    return new Row(sequence.inputIds(), sequence.tokenTypeIds(), mask);
  }

  /** Tokens and padding. */
  public int length() {
    return ids.length;
  }
}
