package albert.model.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What is fed to an encoder. Batch and sequence length are those of each batch.
 *
 * @param inputIds int32 [batch, seq], placeholder {@value #INPUT_IDS}
 * @param attentionMask int32 [batch, seq], 1 = token, 0 = padding; {@value #ATTENTION_MASK}
 * @param tokenTypeIds int32 [batch, seq]; {@value #TOKEN_TYPE_IDS}
 * @param batch int32 [], the batch size
 * @param sequence int32 [], the sequence length
 */
public record EncoderInputs(
    Operand<TInt32> inputIds,
    Operand<TInt32> attentionMask,
    Operand<TInt32> tokenTypeIds,
    Operand<TInt32> batch,
    Operand<TInt32> sequence) {

  /** Name of the word ids' placeholder. */
  public static final String INPUT_IDS = "input_ids";

  /** Name of the mask's placeholder. */
  public static final String ATTENTION_MASK = "attention_mask";

  /** Name of the token types' placeholder. */
  public static final String TOKEN_TYPE_IDS = "token_type_ids";

  /** Adds the placeholders to a graph. */
  public static EncoderInputs placeholders(Ops tf) {
    Operand<TInt32> ids = placeholder(tf, INPUT_IDS);
    Operand<TInt32> shape = tf.shape(ids);
    return new EncoderInputs(
        ids,
        placeholder(tf, ATTENTION_MASK),
        placeholder(tf, TOKEN_TYPE_IDS),
        tf.stridedSlice(shape, Indices.at(0)),
        tf.stridedSlice(shape, Indices.at(1)));
  }

  /** Shapes of what is fed for a batch, by placeholder. */
  public static Map<String, Shape> shapes(int batch, int sequence) {
    Shape shape = Shape.of(batch, sequence);
    return Map.of(INPUT_IDS, shape, ATTENTION_MASK, shape, TOKEN_TYPE_IDS, shape);
  }

  /**
   * Some sequences of a batch, one after the other.
   *
   * @param first int32 [], the first of them
   * @param inputs these sequences
   */
  record Part(Operand<TInt32> first, EncoderInputs inputs) {

    /** Its rows of int32 [batch, n]. */
    Operand<TInt32> rows(Ops tf, Operand<TInt32> x) {
      return EncoderInputs.rows(tf, x, first, inputs.batch());
    }
  }

  /**
   * The batch in parts of equal size; where that does not come out even, the first ones are larger.
   */
  List<Part> parts(Ops tf, int count) {
    List<Part> parts = new ArrayList<>();
    Operand<TInt32> first = tf.constant(0);
    for (int left = count; left > 0; left--) {
      Operand<TInt32> rest = tf.math.sub(batch, first);
      Operand<TInt32> size =
          tf.math.floorDiv(tf.math.add(rest, tf.constant(left - 1)), tf.constant(left));
      parts.add(part(tf, first, size));
      first = tf.math.add(first, size);
    }
    return parts;
  }

  /**
   * Some sequences.
   *
   * @param first int32 [], the first of them
   * @param size int32 [], how many
   */
  Part part(Ops tf, Operand<TInt32> first, Operand<TInt32> size) {
    return new Part(
        first,
        new EncoderInputs(
            rows(tf, inputIds, first, size),
            rows(tf, attentionMask, first, size),
            rows(tf, tokenTypeIds, first, size),
            size,
            sequence));
  }

  private static Operand<TInt32> rows(
      Ops tf, Operand<TInt32> x, Operand<TInt32> first, Operand<TInt32> size) {
    return tf.slice(
        x, tf.stack(List.of(first, tf.constant(0))), tf.stack(List.of(size, tf.constant(-1))));
  }

  /** int32 [2]: batch size and sequence length. */
  public Operand<TInt32> shape(Ops tf) {
    return tf.stack(List.of(batch, sequence));
  }

  /** From float32 [batch · seq, width] to [batch, seq, width]. */
  public Operand<TFloat32> unflat(Ops tf, Operand<TFloat32> x, int width) {
    return tf.reshape(x, tf.stack(List.of(batch, sequence, tf.constant(width))));
  }

  /**
   * Rows of what is flat, [batch · seq, width], from positions in each sequence.
   *
   * @param positions int32 [batch, count], or [count] for the same in every sequence
   * @return int32 [batch · count]
   */
  public Operand<TInt32> rows(Ops tf, Operand<TInt32> positions) {
    Operand<TInt32> starts =
        tf.expandDims(
            tf.range(tf.constant(0), tf.math.mul(batch, sequence), sequence), tf.constant(1));
    return tf.reshape(tf.math.add(positions, starts), tf.constant(new int[] {-1}));
  }

  private static Operand<TInt32> placeholder(Ops tf, String name) {
    return tf.withName(name).placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
  }
}
