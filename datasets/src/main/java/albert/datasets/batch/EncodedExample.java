package albert.datasets.batch;

/**
 * An example ready for batches.
 *
 * @param row its index in the split it comes from
 * @param sequence its ids
 * @param label class index or value, NaN if not known
 */
public record EncodedExample(int row, EncodedSequence sequence, double label) {

  /** Pieces, special tokens included. */
  public int length() {
    return sequence.length();
  }
}
