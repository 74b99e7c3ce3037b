package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedExample;
import albert.model.config.EncoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

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

  /**
   * Those of a model.
   *
   * @param maxSeqLength the longest sequence
   */
  static EvaluationBatches of(int padId, EncoderConfig encoder, int maxSeqLength) {
    return new EvaluationBatches(padId, EncodedTask.Ids.widthMultiple(encoder, maxSeqLength));
  }

  /** Batches of sequences, each of which is an input. */
  List<Batcher> of(List<EncodedExample> examples) {
    return of(examples, row -> row);
  }

  /**
   * Batches of sequences, several of which may be of one input: a batcher for each chunk.
   *
   * @param examples in the order of the inputs, at least one
   * @param input the number of the input that a row is of, from 0
   */
  List<Batcher> of(List<EncodedExample> examples, IntUnaryOperator input) {
    List<Batcher> chunks = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= examples.size(); to++) {
      if (to == examples.size() || input.applyAsInt(to) / CHUNK != input.applyAsInt(from) / CHUNK) {
        chunks.add(new Batcher(examples.subList(from, to), BATCH_SIZE, padId, widthMultiple));
        from = to;
      }
    }
    return chunks;
  }
}
