package albert.model.layer;

import albert.model.config.BlockNames;
import albert.model.config.EncoderConfig;
import albert.model.graph.Kernels;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Multi-headed scaled dot-product self-attention (arXiv 1706.03762, section 3.2), without its
 * output projection's residual and norm.
 */
final class SelfAttention {
  /** What Google's code adds to the scores of padding; after the softmax nothing is left. */
  private static final double MASKED = -10_000;

  private final Building building;
  private final EncoderInputs inputs;
  private final Operand<TFloat32> bias;

  SelfAttention(Building building, EncoderInputs inputs) {
    this.building = building;
    this.inputs = inputs;
    this.bias = bias();
  }

  /**
   * Attention of every token to every token that is not padding.
   *
   * @param x float32 [batch · seq, H]
   * @return float32 [batch · seq, H], the heads side by side, projected
   */
  Operand<TFloat32> apply(BlockNames names, Operand<TFloat32> x) {
    return apply(names, x, inputs.sequence(), memory(names, x));
  }

  /**
   * What is looked up: key and value of every token, float32 [batch, A, seq, H / A].
   *
   * @param key what a token is found by
   * @param value what it contributes
   */
  record Memory(Operand<TFloat32> key, Operand<TFloat32> value) {}

  /**
   * Keys and values.
   *
   * @param x float32 [batch · seq, H]
   */
  Memory memory(BlockNames names, Operand<TFloat32> x) {
    return new Memory(
        heads(dense(names.key(), x), inputs.sequence()),
        heads(
            building
                .dropout()
                .scaled(dense(names.value(), x), building.config().attentionProbsDropoutProb()),
            inputs.sequence()));
  }

  /**
   * Attention of some tokens of each sequence to all that are not padding.
   *
   * @param asking float32 [batch · count, H]
   * @param count int32 [], how many of each sequence ask
   * @return float32 [batch · count, H]
   */
  Operand<TFloat32> apply(
      BlockNames names, Operand<TFloat32> asking, Operand<TInt32> count, Memory memory) {
    EncoderConfig config = building.config();
    Kernels kernels = building.kernels();
    Ops tf = building.tf();
    Operand<TFloat32> query = heads(dense(names.query(), asking), count);

    Operand<TFloat32> products = kernels.batchMatMul(query, memory.key(), true);
    Operand<TFloat32> scores =
        kernels.add(kernels.scale(products, 1 / Math.sqrt(config.headSize())), bias);
    Operand<TFloat32> probabilities =
        building.dropout().applyUnscaled(tf.nn.softmax(scores), config.attentionProbsDropoutProb());
    Operand<TFloat32> context = kernels.batchMatMul(probabilities, memory.value(), false);
    Operand<TFloat32> flat =
        tf.reshape(
            tf.linalg.transpose(context, kernels.ints(0, 2, 1, 3)),
            kernels.ints(-1, config.hiddenSize()));
    return dense(names.attentionOutput(), flat);
  }

  /** From H to H. */
  private Operand<TFloat32> dense(String name, Operand<TFloat32> x) {
    int hidden = building.config().hiddenSize();
    return building.dense(name, x, hidden, hidden);
  }

  /** From [batch · count, H] to [batch, A, count, H / A]. */
  private Operand<TFloat32> heads(Operand<TFloat32> x, Operand<TInt32> count) {
    EncoderConfig config = building.config();
    Ops tf = building.tf();
    Operand<TInt32> shape =
        tf.stack(
            List.of(
                inputs.batch(),
                count,
                tf.constant(config.numAttentionHeads()),
                tf.constant(config.headSize())));
    return tf.linalg.transpose(tf.reshape(x, shape), building.kernels().ints(0, 2, 1, 3));
  }

  /** float32 [batch, 1, 1, seq]: 0 for a token, {@link #MASKED} for padding. */
  private Operand<TFloat32> bias() {
    Ops tf = building.tf();
    Operand<TInt32> shape =
        tf.stack(List.of(inputs.batch(), tf.constant(1), tf.constant(1), inputs.sequence()));
    Operand<TFloat32> mask =
        tf.dtypes.cast(tf.reshape(inputs.attentionMask(), shape), TFloat32.class);
    return building.kernels().scale(tf.math.sub(tf.constant(1f), mask), MASKED);
  }
}
