package albert.model.graph;

import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The operations that the encoder is made of, chosen so that TensorFlow has oneDNN kernels and
 * fusions for them on a CPU: {@code AddV2} and {@code BatchMatMulV2} where the generated API emits
 * {@code Add} and {@code BatchMatMulV3}.
 *
 * <p>Everything with a gradient worth writing by hand lives in {@link Primitives}.
 */
public final class Kernels {
  /** What the names of products begin with that {@link GraphRewrite} keeps in float32. */
  private static final String FLOAT32 = "float32_product";

  private final Ops tf;

  /**
   * @param tf where to build
   */
  public Kernels(Ops tf) {
    this.tf = tf;
  }

  /** The generated API, for all that needs no choice. */
  public Ops tf() {
    return tf;
  }

  /** {@code x + y} with broadcasting. */
  public Operand<TFloat32> add(Operand<TFloat32> x, Operand<TFloat32> y) {
    return binary("AddV2", x, y).build().output(0);
  }

  /** {@code x y} for float32 [m, k] and [k, n]. */
  public Operand<TFloat32> matMul(Operand<TFloat32> x, Operand<TFloat32> y) {
    return tf.linalg.matMul(x, y);
  }

  /** {@code x yᵀ} for float32 [m, k] and [n, k]. */
  public Operand<TFloat32> matMulTransposed(Operand<TFloat32> x, Operand<TFloat32> y) {
    return tf.linalg.matMul(x, y, MatMul.transposeB(true));
  }

  /**
   * {@code x y}, or {@code x yᵀ} if asked, for float32 [m, k] and [k, n] or [n, k], in float32
   * where other products are computed in a shorter type: for the last layer of a head, whose values
   * are reported. The products of its gradient may be computed in the shorter type.
   */
  public Operand<TFloat32> float32MatMul(
      Operand<TFloat32> x, Operand<TFloat32> y, boolean transposeY) {
    return tf.withName(FLOAT32).linalg.matMul(x, y, MatMul.transposeB(transposeY));
  }

  /** Whether a node was made by {@link #float32MatMul}, by its name. */
  static boolean isFloat32Product(String node) {
    return node.startsWith(FLOAT32, node.lastIndexOf('/') + 1);
  }

  /** {@code x y}, or {@code x yᵀ} if asked, over leading batch dimensions. */
  public Operand<TFloat32> batchMatMul(
      Operand<TFloat32> x, Operand<TFloat32> y, boolean transposeY) {
    return binary("BatchMatMulV2", x, y).setAttr("adj_y", transposeY).build().output(0);
  }

  /** {@code x + bias} for float32 [m, n] and [n]. */
  public Operand<TFloat32> biasAdd(Operand<TFloat32> x, Operand<TFloat32> bias) {
    return tf.nn.biasAdd(x, bias);
  }

  /** {@code x * factor}. */
  public Operand<TFloat32> scale(Operand<TFloat32> x, double factor) {
    return factor == 1 ? x : tf.math.mul(x, constant(factor));
  }

  /**
   * {@code x}, hiding from TensorFlow's mixed precision where it comes from. Mixed precision
   * computes some functions, the exponential among them, in float32 always, and with them all that
   * follows up to the next matrix product; after this node it chooses anew. Costs nothing.
   */
  Operand<TFloat32> unchained(Operand<TFloat32> x) {
    return tf.bitcast(tf.bitcast(x, TInt32.class), TFloat32.class);
  }

  /** The mean over the last dimension, which is kept with size 1. */
  public Operand<TFloat32> meanOfLast(Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(new int[] {-1}), Mean.keepDims(true));
  }

  /** A float32 scalar. */
  public Operand<TFloat32> constant(double value) {
    return tf.constant((float) value);
  }

  /** An int32 vector. */
  public Operand<TInt32> ints(int... values) {
    return tf.constant(values);
  }

  private OperationBuilder binary(String type, Operand<? extends TType> x, Operand<?> y) {
    return tf.scope().opBuilder(type, type).addInput(x.asOutput()).addInput(y.asOutput());
  }
}
