package albert.model.layer;

import albert.model.graph.Kernels;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Dropout (Srivastava et al. 2014), scaled by {@code 1 / (1 - p)} in training so that inference
 * needs nothing. What is dropped follows from the fed seed and step and from the place in the graph
 * alone, so that a resumed run drops what an unbroken one would.
 */
public final class Dropout {
  /** Placeholder int64 [2]: seed and step. */
  public static final String SEED = "dropout_seed";

  private final Kernels kernels;
  private final @Nullable Operand<TInt64> seed;
  private long places;

  private Dropout(Kernels kernels, @Nullable Operand<TInt64> seed) {
    this.kernels = kernels;
    this.seed = seed;
  }

  /** Dropout that drops nothing, for inference. */
  public static Dropout none(Kernels kernels) {
    return new Dropout(kernels, null);
  }

  /** Dropout for training; adds the placeholder {@link #SEED}. */
  public static Dropout training(Kernels kernels) {
    Operand<TInt64> seed =
        kernels.tf().withName(SEED).placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    return new Dropout(kernels, seed);
  }

  /**
   * Drops each value with the given probability.
   *
   * @param x float32, any shape
   * @param probability p, at least 0 and below 1
   * @return float32 of the same shape
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x, double probability) {
    if (seed == null || probability == 0) {
      return x;
    }
    Ops tf = kernels.tf();
    places++;
    Operand<TInt64> own = tf.math.add(seed, tf.constant(new long[] {places << 32, 0}));
    Operand<TFloat32> uniform = tf.random.statelessRandomUniform(tf.shape(x), own, TFloat32.class);
    Operand<TFloat32> keep =
        tf.dtypes.cast(
            tf.math.greaterEqual(uniform, kernels.constant(probability)), TFloat32.class);
    return tf.math.mul(x, tf.stopGradient(kernels.scale(keep, 1 / (1 - probability))));
  }
}
