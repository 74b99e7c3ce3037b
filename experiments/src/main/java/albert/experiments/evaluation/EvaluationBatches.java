package albert.experiments.evaluation;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedExample;
import albert.experiments.task.kind.Sequences;
import albert.model.config.EncoderConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * How sequences become the batches that are predicted, whoever predicts: a training that evaluates,
 * {@code predict}, {@code compress}. A sequence's last bits depend on the batch that it is in, so
 * equal inputs in equal order have to be in equal batches.
 *
 * <p>Inputs (texts, or questions with all their windows) are taken in their order, {@value #CHUNK}
 * at a time; the sequences of these are sorted by length, the longest first, and cut into batches
 * of {@value #BATCH_SIZE}, each padded to its longest sequence, to an even number of tokens where
 * the model has as many positions.
 *
 * @param padId the id that fills the rows
 * @param widthMultiple the width of a batch is a multiple of this
 */
public record EvaluationBatches(int padId, int widthMultiple) {

  /** How many inputs are sorted together. */
  public static final int CHUNK = 1_024;

  private static final int BATCH_SIZE = 32;

  /** Of 8, 4 and 2 the fastest: less padding saves more than the further shapes cost. */
  private static final int WIDTH_MULTIPLE = 2;

  /**
   * Those of a model.
   *
   * @param maxSeqLength the longest sequence
   */
  static EvaluationBatches of(int padId, EncoderConfig encoder, int maxSeqLength) {
    return new EvaluationBatches(padId, widthMultiple(encoder, maxSeqLength));
  }

  /** What widths of batches are a multiple of. */
  static int widthMultiple(EncoderConfig encoder, int maxSeqLength) {
    int widened = (maxSeqLength + WIDTH_MULTIPLE - 1) / WIDTH_MULTIPLE * WIDTH_MULTIPLE;
    return widened <= encoder.maxPositionEmbeddings() ? WIDTH_MULTIPLE : 1;
  }

  /** Batches of sequences, of which there is at least one: a batcher for each chunk. */
  public List<Batcher> of(Sequences sequences) {
    List<EncodedExample> examples = sequences.rows();
    List<Batcher> chunks = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= examples.size(); to++) {
      if (to == examples.size()
          || sequences.example(to) / CHUNK != sequences.example(from) / CHUNK) {
        chunks.add(new Batcher(examples.subList(from, to), BATCH_SIZE, padId, widthMultiple));
        from = to;
      }
    }
    return chunks;
  }
}
