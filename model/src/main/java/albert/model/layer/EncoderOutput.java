package albert.model.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What an encoder computes, flat: float32 [batch · seq, width]. The last block is computed for the
 * tokens that are asked for. The pooler is built, and its weights needed, only if somebody asks for
 * its output: published models of token-wise tasks have none.
 */
public interface EncoderOutput {

  /** Width E: the normalised sum of the embeddings. */
  Operand<TFloat32> embeddings();

  /** Width H: the input of the first block, then the output of every block applied. */
  List<Operand<TFloat32>> hidden();

  /** Width H: the last block's output. */
  Operand<TFloat32> sequence();

  /**
   * The last block's output for some tokens of each sequence.
   *
   * @param positions int32 [batch, count], or [count] for the same in every sequence
   * @param count int32 []
   * @return float32 [batch · count, H]
   */
  Operand<TFloat32> at(Operand<TInt32> positions, Operand<TInt32> count);

  /**
   * float32 [batch, H]: tanh of a dense layer on each sequence's first token, or the mean of its
   * tokens, as {@link albert.model.config.ClassifierPooling} says.
   */
  Operand<TFloat32> pooled();
}
