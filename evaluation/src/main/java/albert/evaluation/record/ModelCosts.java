package albert.evaluation.record;

import albert.evaluation.Require;

/**
 * What a model costs by its shape, beside the BERT of the same shape: as many layers of the same
 * width, nothing shared, embeddings not factorised. Counted, not measured: what was measured is
 * {@link Performance}.
 *
 * @param sequenceLength tokens of a sequence, for both
 * @param batchSize sequences of a training step, for both
 * @param own the model
 * @param bert the BERT of the same shape
 */
public record ModelCosts(long sequenceLength, long batchSize, Cost own, Cost bert) {
  public ModelCosts {
    Require.notNegative("sequence_length", sequenceLength);
    Require.notNegative("batch_size", batchSize);
    Require.present("own", own);
    Require.present("bert", bert);
  }

  /**
   * The costs of one of them, bytes in float32.
   *
   * @param parameters of encoder and pooler
   * @param forwardFlops of a forward pass of one sequence; a shared layer counts as often as it
   *     runs
   * @param trainFlops of a training step of the batch
   * @param weightBytes of encoder and pooler
   * @param weightBytesMoved bytes of weights that a forward pass reads: a shared layer's as often
   *     as it runs
   * @param activationBytes that a training step of the batch keeps for the backward pass
   * @param optimizerBytes gradients and the optimizer's two moments
   */
  public record Cost(
      long parameters,
      double forwardFlops,
      double trainFlops,
      long weightBytes,
      long weightBytesMoved,
      long activationBytes,
      long optimizerBytes) {
    public Cost {
      Require.notNegative("parameters", parameters);
      Require.notNegative("forward_flops", forwardFlops);
      Require.notNegative("train_flops", trainFlops);
      Require.notNegative("weight_bytes", weightBytes);
      Require.notNegative("weight_bytes_moved", weightBytesMoved);
      Require.notNegative("activation_bytes", activationBytes);
      Require.notNegative("optimizer_bytes", optimizerBytes);
    }
  }
}
