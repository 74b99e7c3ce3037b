package albert.model.layer;

import albert.model.graph.Kernels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceProd;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;

/**
 * Dropout (Srivastava et al. 2014), scaled by {@code 1 / (1 - p)} in training so that inference
 * needs nothing. What is dropped follows from the fed seed and step and from the place in the graph
 * alone, so that a resumed run drops what an unbroken one would.
 */
public final class Dropout {
  /** Placeholder int64 [2]: seed and step. */
  public static final String SEED = "dropout_seed";

  private static final int STEPS = 1 << 16;

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
   * @param probability p, at least 0 and below 1; what is applied is its nearest multiple of 2^-16
   * @return float32 of the same shape
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x, double probability) {
    if (drops(probability)) {
      Operand<TFloat32> kept = kernels.scale(keep(x, probability), scale(probability));
      return kernels.tf().math.mul(x, kernels.tf().stopGradient(kept));
    }
    return x;
  }

  /**
   * Drops each weight of a weighted mean, without the scaling: that is done to the values, which
   * are fewer, by {@link #scaled}.
   */
  Operand<TFloat32> applyUnscaled(Operand<TFloat32> weights, double probability) {
    if (drops(probability)) {
      Operand<TFloat32> kept = kernels.tf().stopGradient(keep(weights, probability));
      return kernels.tf().math.mul(weights, kept);
    }
    return weights;
  }

  /** The values whose weights {@link #applyUnscaled} drops. */
  Operand<TFloat32> scaled(Operand<TFloat32> values, double probability) {
    return drops(probability) ? kernels.scale(values, scale(probability)) : values;
  }

  private boolean drops(double probability) {
    return seed != null && steps(probability) > 0;
  }

  /** How many of the {@value #STEPS} values of 16 bits are dropped. */
  private static int steps(double probability) {
    return (int) Math.min(STEPS - 1, Math.round(probability * STEPS));
  }

  private static double scale(double probability) {
    return (double) STEPS / (STEPS - steps(probability));
  }

  /** 1 for what stays and 0 for what is dropped: two values from each 32 random bits. */
  private Operand<TFloat32> keep(Operand<TFloat32> like, double probability) {
    Ops tf = kernels.tf();
    places++;
    Operand<TInt64> own =
        tf.math.add(Objects.requireNonNull(seed), tf.constant(new long[] {places << 32, 0}));
    Operand<TInt32> shape = tf.shape(like);
    Operand<TInt32> count =
        tf.reduceProd(shape, tf.constant(new int[] {0}), ReduceProd.keepDims(true));
    Operand<TInt32> words = tf.math.div(tf.math.add(count, tf.constant(1)), tf.constant(2));
    Operand<TInt32> bits = tf.random.statelessRandomUniformFullInt(words, own, TInt32.class);
    Operand<TUint16> halves =
        tf.reshape(tf.bitcast(bits, TUint16.class), tf.constant(new int[] {-1}));
    Operand<TUint16> uniform =
        tf.reshape(tf.slice(halves, tf.constant(new int[] {0}), count), shape);
    Operand<TUint16> dropped = tf.dtypes.cast(tf.constant(steps(probability)), TUint16.class);
    return tf.dtypes.cast(tf.math.greaterEqual(uniform, dropped), TFloat32.class);
  }
}
