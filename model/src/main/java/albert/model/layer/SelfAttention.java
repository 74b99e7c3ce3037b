package albert.model.layer;

import albert.model.config.BlockNames;
import albert.model.config.EncoderConfig;
import albert.model.graph.Kernels;
import albert.model.layer.Building.Scaled;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
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
    List<Operand<TFloat32>> heads =
        heads(List.of(query(names), key(names), value(names)), x, inputs.sequence());
    return attend(names, heads.get(0), new Memory(heads.get(1), heads.get(2)));
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
    List<Operand<TFloat32>> heads = heads(List.of(key(names), value(names)), x, inputs.sequence());
    return new Memory(heads.get(0), heads.get(1));
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
    return attend(names, heads(List.of(query(names)), asking, count).get(0), memory);
  }

  /**
   * The queries: in training they are scaled instead of the scores, which are more. For inference
   * TensorFlow multiplies the scores along with their product.
   */
  private Scaled query(BlockNames names) {
    return new Scaled(names.query(), building.training() ? scale() : 1);
  }

  private double scale() {
    return 1 / Math.sqrt(building.config().headSize());
  }

  private static Scaled key(BlockNames names) {
    return new Scaled(names.key(), 1);
  }

  /** The values, of which {@link #attend} drops some without scaling the others. */
  private Scaled value(BlockNames names) {
    double dropped = building.config().attentionProbsDropoutProb();
    return new Scaled(names.value(), building.dropout().scale(dropped));
  }

  private Operand<TFloat32> attend(BlockNames names, Operand<TFloat32> query, Memory memory) {
    EncoderConfig config = building.config();
    Kernels kernels = building.kernels();
    Ops tf = building.tf();
    Operand<TFloat32> products = kernels.batchMatMul(query, memory.key(), true);
    Operand<TFloat32> scores =
        kernels.add(kernels.scale(products, building.training() ? 1 : scale()), bias);
    Operand<TFloat32> probabilities =
        building.dropout().applyUnscaled(tf.nn.softmax(scores), config.attentionProbsDropoutProb());
    Operand<TFloat32> context = kernels.batchMatMul(probabilities, memory.value(), false);
    Operand<TFloat32> flat =
        tf.reshape(
            tf.linalg.transpose(context, kernels.ints(0, 2, 1, 3)),
            kernels.ints(-1, config.hiddenSize()));
    return building.dense(names.attentionOutput(), flat, config.hiddenSize(), config.hiddenSize());
  }

  /**
   * Dense layers from H to H, by heads.
   *
   * @param layers the layers
   * @param x float32 [batch · count, H]
   * @return for each layer float32 [batch, A, count, H / A]
   */
  private List<Operand<TFloat32>> heads(
      List<Scaled> layers, Operand<TFloat32> x, Operand<TInt32> count) {
    EncoderConfig config = building.config();
    Kernels kernels = building.kernels();
    Ops tf = building.tf();
    int hidden = config.hiddenSize();
    Operand<TFloat32> all = building.dense(layers, x, hidden, hidden);
    Operand<TInt32> shape =
        tf.stack(
            List.of(
                inputs.batch(),
                count,
                tf.constant(layers.size()),
                tf.constant(config.numAttentionHeads()),
                tf.constant(config.headSize())));
    Operand<TFloat32> byLayer =
        tf.linalg.transpose(tf.reshape(all, shape), kernels.ints(2, 0, 3, 1, 4));
    List<? extends Operand<TFloat32>> parts =
        layers.size() == 1
            ? List.of(byLayer)
            : tf.split(tf.constant(0), byLayer, (long) layers.size()).output();
    return parts.stream()
        .map(part -> (Operand<TFloat32>) tf.squeeze(part, Squeeze.axis(List.of(0L))))
        .toList();
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
