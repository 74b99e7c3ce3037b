package albert.model.layer;

import albert.model.config.BlockNames;
import albert.model.config.EncoderConfig;
import albert.model.graph.Kernels;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Attention, residual, norm, feed-forward network, residual, norm (google-research/albert, {@code
 * modeling.py}, {@code attention_ffn_block}).
 */
final class TransformerBlock {
  private final Building building;
  private final SelfAttention attention;

  TransformerBlock(Building building, SelfAttention attention) {
    this.building = building;
    this.attention = attention;
  }

  /**
   * One block.
   *
   * @param x float32 [batch · seq, H]
   * @return float32 [batch · seq, H]
   */
  Operand<TFloat32> apply(BlockNames names, Operand<TFloat32> x) {
    return after(names, attention.apply(names, x), x);
  }

  /** What the attention of a block looks up, for {@link #applyTo}. */
  SelfAttention.Memory memory(BlockNames names, Operand<TFloat32> x) {
    return attention.memory(names, x);
  }

  /**
   * What {@link #apply} gives for some tokens of each sequence, without computing the others'.
   *
   * @param some float32 [batch · count, H], their rows of x
   * @param count int32 [], how many of each sequence
   * @param memory of all of x
   * @return float32 [batch · count, H]
   */
  Operand<TFloat32> applyTo(
      BlockNames names,
      Operand<TFloat32> some,
      Operand<TInt32> count,
      SelfAttention.Memory memory) {
    return after(names, attention.apply(names, some, count, memory), some);
  }

  private Operand<TFloat32> after(
      BlockNames names, Operand<TFloat32> attention, Operand<TFloat32> x) {
    EncoderConfig config = building.config();
    Kernels kernels = building.kernels();
    Operand<TFloat32> attended = building.dropout().apply(attention, config.hiddenDropoutProb());
    Operand<TFloat32> h =
        building.layerNorm(
            names.attentionLayerNorm(), kernels.add(attended, x), config.hiddenSize());
    double outputDropout = config.ffnOutputDropout() ? config.hiddenDropoutProb() : 0;
    Operand<TFloat32> output = building.dropout().apply(feedForward(names, h), outputDropout);
    return building.layerNorm(names.outputLayerNorm(), kernels.add(output, h), config.hiddenSize());
  }

  private Operand<TFloat32> feedForward(BlockNames names, Operand<TFloat32> h) {
    EncoderConfig config = building.config();
    Operand<TFloat32> intermediate =
        building.dense(names.intermediate(), h, config.hiddenSize(), config.intermediateSize());
    return building.dense(
        names.output(),
        building.primitives().activation(config.hiddenAct(), intermediate),
        config.intermediateSize(),
        config.hiddenSize());
  }
}
