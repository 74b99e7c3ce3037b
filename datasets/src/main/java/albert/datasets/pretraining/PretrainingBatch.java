package albert.datasets.pretraining;

import java.util.Arrays;
import java.util.List;

/**
 * Examples padded to one length. The arrays are owned by the batch and not copied on the way out.
 *
 * @param size batch
 * @param sequenceLength seq
 * @param predictions slots for masked pieces a row
 * @param inputIds int32 [batch, seq], row-major
 * @param inputMask int32 [batch, seq], 1 for a piece, 0 for padding
 * @param segmentIds int32 [batch, seq], 0 at padding
 * @param maskedPositions int32 [batch, predictions], 0 where a slot is not used
 * @param maskedIds int32 [batch, predictions], 0 where a slot is not used
 * @param maskedWeights float32 [batch, predictions], 1 where a slot is used, else 0
 * @param labels int32 [batch] of the pairs
 * @param next the place of the example after the last of this batch
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record PretrainingBatch(
    int size,
    int sequenceLength,
    int predictions,
    int[] inputIds,
    int[] inputMask,
    int[] segmentIds,
    int[] maskedPositions,
    int[] maskedIds,
    float[] maskedWeights,
    int[] labels,
    Place next) {

  /**
   * A place in the sequence of examples.
   *
   * @param epoch counted from 0
   * @param example counted from 0 in its epoch
   */
  public record Place(int epoch, long example) {
    /** The beginning. */
    public static final Place START = new Place(0, 0);
  }

  /** Pieces that are not padding. */
  public int tokens() {
    return Arrays.stream(inputMask).sum();
  }

  static PretrainingBatch of(
      List<PretrainingExample> examples, int width, int predictions, int padId, Place next) {
    int size = examples.size();
    int[] inputIds = new int[size * width];
    int[] inputMask = new int[size * width];
    int[] segmentIds = new int[size * width];
    int[] positions = new int[size * predictions];
    int[] maskedIds = new int[size * predictions];
    float[] weights = new float[size * predictions];
    int[] labels = new int[size];
    Arrays.fill(inputIds, padId);
    for (int i = 0; i < size; i++) {
      PretrainingExample example = examples.get(i);
      int length = example.length();
      int masked = example.maskedPositions().length;
      System.arraycopy(example.inputIds(), 0, inputIds, i * width, length);
      System.arraycopy(example.segmentIds(), 0, segmentIds, i * width, length);
      Arrays.fill(inputMask, i * width, i * width + length, 1);
      System.arraycopy(example.maskedPositions(), 0, positions, i * predictions, masked);
      System.arraycopy(example.maskedIds(), 0, maskedIds, i * predictions, masked);
      Arrays.fill(weights, i * predictions, i * predictions + masked, 1);
      labels[i] = example.label();
    }
    return new PretrainingBatch(
        size,
        width,
        predictions,
        inputIds,
        inputMask,
        segmentIds,
        positions,
        maskedIds,
        weights,
        labels,
        next);
  }
}
