package albert.datasets.batch;

/**
 * A text or a pair as a model takes it, special tokens included. The arrays are not copied: who
 * makes one hands them over.
 *
 * @param inputIds int32 [seq]
 * @param tokenTypeIds int32 [seq], 0 up to and including the first [SEP], 1 after it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record EncodedSequence(int[] inputIds, int[] tokenTypeIds) {

  /** Pieces, special tokens included. */
  public int length() {
    return inputIds.length;
  }
}
