package albert.model.layer;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What an encoder computes, flat: float32 [batch · seq, width]. The pooler is built, and its
 * weights needed, only if somebody asks for its output: published models of token-wise tasks have
 * none.
 */
public final class EncoderOutput {
  private final Operand<TFloat32> embeddings;
  private final List<Operand<TFloat32>> hidden;
  private final Supplier<Operand<TFloat32>> pooler;
  private @Nullable Operand<TFloat32> pooled;

  EncoderOutput(
      Operand<TFloat32> embeddings,
      List<Operand<TFloat32>> hidden,
      Supplier<Operand<TFloat32>> pooler) {
    this.embeddings = embeddings;
    this.hidden = List.copyOf(hidden);
    this.pooler = pooler;
  }

  /** Width E: the normalised sum of the embeddings. */
  public Operand<TFloat32> embeddings() {
    return embeddings;
  }

  /** Width H: the input of the first block, then the output of every block applied. */
  public List<Operand<TFloat32>> hidden() {
    return hidden;
  }

  /** Width H: the last block's output. */
  public Operand<TFloat32> sequence() {
    return hidden.get(hidden.size() - 1);
  }

  /** float32 [batch, H]: tanh of a dense layer on each sequence's first token. */
  public Operand<TFloat32> pooled() {
    if (pooled == null) {
      pooled = pooler.get();
    }
    return pooled;
  }
}
