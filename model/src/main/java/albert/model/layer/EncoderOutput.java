package albert.model.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What an encoder computes, flat: float32 [batch · seq, width]. The last block is computed for the
 * tokens that are asked for. The pooler is built, and its weights needed, only if somebody asks for
 * its output: published models of token-wise tasks have none.
 */
public final class EncoderOutput {
  private final Operand<TFloat32> embeddings;
  private final List<Operand<TFloat32>> before;
  private final LastBlock last;
  private final Function<EncoderOutput, Operand<TFloat32>> pooler;
  private @Nullable Operand<TFloat32> pooled;

  EncoderOutput(
      Operand<TFloat32> embeddings,
      List<Operand<TFloat32>> before,
      LastBlock last,
      Function<EncoderOutput, Operand<TFloat32>> pooler) {
    this.embeddings = embeddings;
    this.before = List.copyOf(before);
    this.last = last;
    this.pooler = pooler;
  }

  /** Width E: the normalised sum of the embeddings. */
  public Operand<TFloat32> embeddings() {
    return embeddings;
  }

  /** Width H: the input of the first block, then the output of every block applied. */
  public List<Operand<TFloat32>> hidden() {
    List<Operand<TFloat32>> hidden = new ArrayList<>(before);
    hidden.add(sequence());
    return hidden;
  }

  /** Width H: the last block's output. */
  public Operand<TFloat32> sequence() {
    return last.sequence();
  }

  /**
   * The last block's output for some tokens of each sequence.
   *
   * @param positions int32 [batch, count], or [count] for the same in every sequence
   * @param count int32 []
   * @return float32 [batch · count, H]
   */
  public Operand<TFloat32> at(Operand<TInt32> positions, Operand<TInt32> count) {
    return last.at(positions, count);
  }

  /** float32 [batch, H]: tanh of a dense layer on each sequence's first token. */
  public Operand<TFloat32> pooled() {
    if (pooled == null) {
      pooled = pooler.apply(this);
    }
    return pooled;
  }
}
