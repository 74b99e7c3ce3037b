package albert.datasets.pretraining;

import java.util.List;

/**
 * The least that a masked language model must beat: each masked token gets its share of the
 * training text, wherever it stands, with one added to every count. Text of the tokens a a b and a
 * vocabulary of 4 give b the probability (1 + 1) / (3 + 4), a loss of 1.253.
 */
public final class UnigramModel {
  private final long[] counts;
  private long total;

  /** Counts the tokens of the parts. */
  public UnigramModel(DocumentParts parts, int vocabSize) {
    counts = new long[vocabSize];
    for (int part = 0; part < parts.parts().size(); part++) {
      for (int[] sentence : parts.sentences(part)) {
        for (int id : sentence) {
          counts[id]++;
        }
        total += sentence.length;
      }
    }
  }

  /** The mean negative log probability, in nats, of the masked tokens; NaN if there are none. */
  public double loss(List<PretrainingBatch> batches) {
    double sum = 0;
    long n = 0;
    for (PretrainingBatch batch : batches) {
      for (int i = 0; i < batch.maskedIds().length; i++) {
        if (batch.maskedWeights()[i] > 0) {
          sum -= Math.log((counts[batch.maskedIds()[i]] + 1.0) / (total + counts.length));
          n++;
        }
      }
    }
    return n == 0 ? Double.NaN : sum / n;
  }
}
