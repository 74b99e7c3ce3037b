package albert.datasets.batch;

import albert.datasets.tokenizer.SpecialTokens;
import java.util.Arrays;

/**
 * A text or a pair as a model takes it, special tokens included. The arrays are not copied: who
 * makes one hands them over.
 *
 * @param inputIds int32 [seq]
 * @param tokenTypeIds int32 [seq], 0 up to and including the first [SEP], 1 after it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record EncodedSequence(int[] inputIds, int[] tokenTypeIds) {

  /** {@code [CLS] first [SEP] second [SEP]}. */
  public static EncodedSequence ofPair(SpecialTokens special, int[] first, int[] second) {
    int secondStart = first.length + 2;
    int[] inputIds = new int[secondStart + second.length + 1];
    int[] tokenTypeIds = new int[inputIds.length];
    inputIds[0] = special.cls();
    System.arraycopy(first, 0, inputIds, 1, first.length);
    inputIds[secondStart - 1] = special.sep();
    System.arraycopy(second, 0, inputIds, secondStart, second.length);
    inputIds[inputIds.length - 1] = special.sep();
    Arrays.fill(tokenTypeIds, secondStart, inputIds.length, 1);
    return new EncodedSequence(inputIds, tokenTypeIds);
  }

  /** Pieces, special tokens included. */
  public int length() {
    return inputIds.length;
  }
}
