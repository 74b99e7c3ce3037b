package albert.datasets.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Examples padded to one length. The arrays are owned by the batch and not copied on the way out.
 *
 * @param rows int32 [batch]: the index in its split of each example, to put predictions back
 * @param sequenceLength seq
 * @param inputIds int32 [batch, seq], row-major
 * @param attentionMask int32 [batch, seq], 1 for a piece, 0 for padding
 * @param tokenTypeIds int32 [batch, seq], 0 at padding
 * @param labels [batch][as many as the kind of task needs]: what is to be learnt, see {@link
 *     EncodedExample#labels()}
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record EncodedBatch(
    int[] rows,
    int sequenceLength,
    int[] inputIds,
    int[] attentionMask,
    int[] tokenTypeIds,
    double[][] labels) {

  /** How many examples. */
  public int size() {
    return rows.length;
  }

  /** Pieces that are not padding. */
  public int tokens() {
    return Arrays.stream(attentionMask).sum();
  }

  /**
   * Labels of a classification, int32 [batch].
   *
   * @throws IllegalStateException if one is not known
   */
  public int[] classLabels() {
    int[] classes = new int[size()];
    for (int i = 0; i < classes.length; i++) {
      if (Double.isNaN(labels[i][0])) {
        throw new IllegalStateException(String.format(Locale.ROOT, "row %d has no label", rows[i]));
      }
      classes[i] = (int) labels[i][0];
    }
    return classes;
  }

  /** A label of every example, float32 [batch]. */
  public float[] column(int index) {
    float[] column = new float[size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = (float) labels[i][index];
    }
    return column;
  }

  /**
   * Labels of every piece, int32 [batch, seq], row-major.
   *
   * @param none the label of padding
   */
  public int[] pieceLabels(int none) {
    int[] all = new int[size() * sequenceLength];
    Arrays.fill(all, none);
    for (int i = 0; i < size(); i++) {
      for (int piece = 0; piece < labels[i].length; piece++) {
        all[i * sequenceLength + piece] = (int) labels[i][piece];
      }
    }
    return all;
  }

  static EncodedBatch of(List<EncodedExample> examples, int width, int padId) {
    int size = examples.size();
    int[] rows = new int[size];
    int[] inputIds = new int[size * width];
    int[] attentionMask = new int[size * width];
    int[] tokenTypeIds = new int[size * width];
    double[][] labels = new double[size][];
    Arrays.fill(inputIds, padId);
    for (int i = 0; i < size; i++) {
      EncodedExample example = examples.get(i);
      int length = example.length();
      rows[i] = example.row();
      labels[i] = example.labels();
      System.arraycopy(example.sequence().inputIds(), 0, inputIds, i * width, length);
      System.arraycopy(example.sequence().tokenTypeIds(), 0, tokenTypeIds, i * width, length);
      Arrays.fill(attentionMask, i * width, i * width + length, 1);
    }
    return new EncodedBatch(rows, width, inputIds, attentionMask, tokenTypeIds, labels);
  }
}
