package albert.datasets.batch;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A sequence ready for batches. The array is not copied: who makes one hands it over.
 *
 * @param row its index in the list it comes from
 * @param sequence its ids
 * @param labels what is to be learnt from it, as many numbers as its kind of task needs: one class
 *     or value (NaN if not known), the two ends of a span, a tag for each piece; none where nothing
 *     is
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, as documented
public record EncodedExample(int row, EncodedSequence sequence, double... labels) {
  /** Sequences of which nothing is to be learnt, in their order. */
  public static List<EncodedExample> unlabelled(List<EncodedSequence> sequences) {
    return IntStream.range(0, sequences.size())
        .mapToObj(row -> new EncodedExample(row, sequences.get(row)))
        .toList();
  }

  /** Pieces, special tokens included. */
  public int length() {
    return sequence.length();
  }
}
