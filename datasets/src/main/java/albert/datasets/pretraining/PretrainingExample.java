package albert.datasets.pretraining;

/**
 * One example, not padded. The arrays are handed over, not copied.
 *
 * @param inputIds int32 [seq], masked
 * @param segmentIds int32 [seq], 0 up to and including the first [SEP], 1 after it
 * @param tokenBoundary int32 [seq], 1 where a word begins and at special tokens
 * @param maskedPositions int32 [predictions], ascending
 * @param maskedIds int32 [predictions], the ids that stood there
 * @param label of the pair, as {@link PairObjective} says
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record PretrainingExample(
    int[] inputIds,
    int[] segmentIds,
    int[] tokenBoundary,
    int[] maskedPositions,
    int[] maskedIds,
    int label) {

  /** Pieces, special ones included. */
  public int length() {
    return inputIds.length;
  }

  /** The ids before masking. */
  public int[] unmaskedIds() {
    int[] ids = inputIds.clone();
    for (int i = 0; i < maskedPositions.length; i++) {
      ids[maskedPositions[i]] = maskedIds[i];
    }
    return ids;
  }
}
