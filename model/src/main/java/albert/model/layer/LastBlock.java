package albert.model.layer;

import albert.model.config.BlockNames;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The last block applied, of which most heads read a few tokens only: the first, or those that are
 * masked. Then it is computed for these alone (keys and values for all, which they attend to), with
 * the same result; of a model of six layers this leaves out a seventh of the products.
 */
final class LastBlock {
  private final Building building;
  private final EncoderInputs inputs;
  private final TransformerBlock block;
  private final BlockNames names;
  private final Operand<TFloat32> x;
  private final boolean everyToken;
  private SelfAttention.@Nullable Memory memory;
  private @Nullable Operand<TFloat32> sequence;

  /**
   * The block on its input.
   *
   * @param x float32 [batch · seq, H]
   * @param everyToken whether its whole output is needed anyway
   */
  LastBlock(
      Building building,
      EncoderInputs inputs,
      TransformerBlock block,
      BlockNames names,
      Operand<TFloat32> x,
      boolean everyToken) {
    this.building = building;
    this.inputs = inputs;
    this.block = block;
    this.names = names;
    this.x = x;
    this.everyToken = everyToken;
  }

  /** float32 [batch · seq, H]. */
  Operand<TFloat32> sequence() {
    if (sequence == null) {
      sequence = block.apply(names, x);
    }
    return sequence;
  }

  /**
   * The output for some tokens of each sequence.
   *
   * @param positions int32 [batch, count], or [count] for the same in every sequence
   * @param count int32 []
   * @return float32 [batch · count, H]
   */
  Operand<TFloat32> at(Operand<TInt32> positions, Operand<TInt32> count) {
    Ops tf = building.tf();
    Operand<TInt32> rows = inputs.rows(tf, positions);
    if (everyToken) {
      return tf.gather(sequence(), rows, tf.constant(0));
    }
    if (memory == null) {
      memory = block.memory(names, x);
    }
    return block.applyTo(names, tf.gather(x, rows, tf.constant(0)), count, memory);
  }
}
