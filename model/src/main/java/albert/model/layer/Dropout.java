package albert.model.layer;

import albert.model.graph.Kernels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceProd;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * Dropout (Srivastava et al. 2014), scaled by {@code 1 / (1 - p)} in training so that inference
 * needs nothing. What is dropped follows from the fed seed and step and from the place in the graph
 * alone, so that a resumed run drops what an unbroken one would.
 */
public final class Dropout {
  /** Placeholder int64 [2]: seed and step. */
  public static final String SEED = "dropout_seed";

  private static final int STEPS = 1 << 16;

  /** A byte is never below more than 255. */
  private static final int MOST_STEPS = 255 << 8;

  private static final int COLUMNS = 1 << 8;

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
   * @param probability p, at least 0 and below 1; what is applied is its nearest multiple of 2^-16,
   *     and 255/256 at most
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
   * Drops each weight of a weighted mean, without the scaling: that is left to the values, by
   * {@link #scale}.
   */
  Operand<TFloat32> applyUnscaled(Operand<TFloat32> weights, double probability) {
    if (drops(probability)) {
      Operand<TFloat32> kept = kernels.tf().stopGradient(keep(weights, probability));
      return kernels.tf().math.mul(weights, kept);
    }
    return weights;
  }

  /** What {@link #applyUnscaled} leaves to be multiplied by: 1 / (1 - p), or 1 for inference. */
  double scale(double probability) {
    return drops(probability) ? (double) STEPS / (STEPS - steps(probability)) : 1;
  }

  private boolean drops(double probability) {
    return seed != null && steps(probability) > 0;
  }

  /** How many of {@value #STEPS} are dropped. */
  private static int steps(double probability) {
    return (int) Math.min(MOST_STEPS, Math.round(probability * STEPS));
  }

  /**
   * 1 for what stays and 0 for what is dropped, by a random byte each. A byte has 256 values and p
   * 65,536, so that neighbours differ: of {@value #COLUMNS} columns as many drop one value in 256
   * more as make it p on the whole. Which ones, is drawn each time: over the steps, each value is
   * dropped with probability p.
   */
  private Operand<TFloat32> keep(Operand<TFloat32> like, double probability) {
    Ops tf = kernels.tf();
    places++;
    Operand<TInt64> own =
        tf.math.add(Objects.requireNonNull(seed), tf.constant(new long[] {places << 32, 0}));
    Operand<TInt32> shape = tf.shape(like);
    Operand<TInt32> count =
        tf.reduceProd(shape, tf.constant(new int[] {0}), ReduceProd.keepDims(true));
    Operand<TInt32> rows = tf.math.div(tf.math.add(count, kernels.ints(COLUMNS - 1)), columns());
    Operand<TInt32> words = tf.math.div(tf.math.mul(rows, columns()), kernels.ints(Integer.BYTES));
    Operand<TInt32> bits =
        tf.random.statelessRandomUniformFullInt(
            tf.math.add(words, kernels.ints(1)), own, TInt32.class);
    Operand<TUint8> bytes = tf.bitcast(tf.slice(bits, kernels.ints(0), words), TUint8.class);
    Operand<TUint8> uniform = tf.reshape(bytes, kernels.ints(-1, COLUMNS));
    Operand<TInt32> turn = tf.slice(bits, words, kernels.ints(1));
    Operand<TBool> kept = tf.math.greaterEqual(uniform, dropped(steps(probability), turn));
    Operand<TBool> flat = tf.slice(tf.reshape(kept, kernels.ints(-1)), kernels.ints(0), count);
    return tf.dtypes.cast(tf.reshape(flat, shape), TFloat32.class);
  }

  /** How many values of a byte are dropped in each column: a pattern that begins anywhere. */
  private Operand<TUint8> dropped(int steps, Operand<TInt32> turn) {
    Ops tf = kernels.tf();
    int[] twice = new int[2 * COLUMNS];
    for (int column = 0; column < twice.length; column++) {
      // spread evenly: the sum over the first columns is steps · columns / 256, rounded down
      twice[column] = (column + 1) * steps / COLUMNS - column * steps / COLUMNS;
    }
    Operand<TInt32> begin = tf.math.floorMod(turn, columns());
    return tf.dtypes.cast(tf.slice(tf.constant(twice), begin, columns()), TUint8.class);
  }

  private Operand<TInt32> columns() {
    return kernels.ints(COLUMNS);
  }
}
