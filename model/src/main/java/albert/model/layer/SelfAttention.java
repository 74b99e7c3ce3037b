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
    EncoderConfig config = building.config();
    Kernels kernels = building.kernels();
    Ops tf = building.tf();
    int hidden = config.hiddenSize();
    Operand<TFloat32> query = heads(building.dense(names.query(), x, hidden, hidden));
    Operand<TFloat32> key = heads(building.dense(names.key(), x, hidden, hidden));
    Operand<TFloat32> value = heads(building.dense(names.value(), x, hidden, hidden));

    Operand<TFloat32> products = kernels.batchMatMul(query, key, true);
    Operand<TFloat32> scores =
        kernels.add(kernels.scale(products, 1 / Math.sqrt(config.headSize())), bias);
    Operand<TFloat32> probabilities =
        building.dropout().apply(tf.nn.softmax(scores), config.attentionProbsDropoutProb());
    Operand<TFloat32> context = kernels.batchMatMul(probabilities, value, false);
    Operand<TFloat32> flat =
        tf.reshape(
            tf.linalg.transpose(context, kernels.ints(0, 2, 1, 3)), kernels.ints(-1, hidden));
    return building.dense(names.attentionOutput(), flat, hidden, hidden);
  }

  /** From [batch · seq, H] to [batch, A, seq, H / A]. */
  private Operand<TFloat32> heads(Operand<TFloat32> x) {
    EncoderConfig config = building.config();
    Ops tf = building.tf();
    Operand<TInt32> shape =
        tf.stack(
            List.of(
                inputs.batch(),
                inputs.sequence(),
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
