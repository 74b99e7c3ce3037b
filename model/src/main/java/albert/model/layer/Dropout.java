package albert.model.layer;

import albert.model.graph.Kernels;
import albert.model.graph.RandomWords;
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
 * alone, so that a resumed run drops what an unbroken one would; and it is drawn for the batch as a
 * whole, so that several replicas drop what one would.
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
  private final Replica.@Nullable Rows own;
  private long places;

  private Dropout(Kernels kernels, @Nullable Operand<TInt64> seed, Replica.@Nullable Rows own) {
    this.kernels = kernels;
    this.seed = seed;
    this.own = own;
  }

  /** Dropout that drops nothing, for inference. */
  public static Dropout none(Kernels kernels) {
    return new Dropout(kernels, null, null);
  }

  /** Dropout for training; adds the placeholder {@link #SEED}. */
  public static Dropout training(Kernels kernels) {
    return training(kernels, null);
  }

  /**
   * Dropout for training on a part of each batch; adds the placeholder {@link #SEED}.
   *
   * @param own the sequences of which values are dropped; null for all
   */
  static Dropout training(Kernels kernels, Replica.@Nullable Rows own) {
    Operand<TInt64> seed =
        kernels.tf().withName(SEED).placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    return new Dropout(kernels, seed, own);
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
    Operand<TInt64> ownSeed =
        tf.math.add(Objects.requireNonNull(seed), tf.constant(new long[] {places << 32, 0}));
    Operand<TInt32> shape = tf.shape(like);
    Operand<TInt32> count =
        tf.reduceProd(shape, tf.constant(new int[] {0}), ReduceProd.keepDims(true));
    Drawn drawn = own == null ? all(ownSeed, count) : part(ownSeed, count, own);
    Operand<TUint8> bytes = tf.bitcast(drawn.words(), TUint8.class);
    Operand<TUint8> uniform = tf.reshape(bytes, kernels.ints(-1, COLUMNS));
    Operand<TBool> kept = tf.math.greaterEqual(uniform, dropped(steps(probability), drawn.turn()));
    Operand<TBool> flat = tf.slice(tf.reshape(kept, kernels.ints(-1)), drawn.first(), count);
    return tf.dtypes.cast(tf.reshape(flat, shape), TFloat32.class);
  }

  /**
   * What was drawn for some values.
   *
   * @param words int32 [n], a byte a value, in whole rows of {@value #COLUMNS}
   * @param turn int32 [1], where the pattern of the columns begins
   * @param first int32 [1], the first value's byte
   */
  private record Drawn(Operand<TInt32> words, Operand<TInt32> turn, Operand<TInt32> first) {}

  /** For all values of a batch: words, and after them the turn. */
  private Drawn all(Operand<TInt64> ownSeed, Operand<TInt32> count) {
    Ops tf = kernels.tf();
    Operand<TInt32> words = words(count);
    Operand<TInt32> bits =
        tf.random.statelessRandomUniformFullInt(
            tf.math.add(words, kernels.ints(1)), ownSeed, TInt32.class);
    return new Drawn(
        tf.slice(bits, kernels.ints(0), words),
        tf.slice(bits, words, kernels.ints(1)),
        kernels.ints(0));
  }

  /** The same for the values of some sequences, without drawing what the others need. */
  private Drawn part(Operand<TInt64> ownSeed, Operand<TInt32> count, Replica.Rows rows) {
    Ops tf = kernels.tf();
    Operand<TInt64> ofOne =
        long64(tf.math.floorDiv(count, tf.math.maximum(rows.size(), tf.constant(1))));
    Operand<TInt64> before = tf.math.mul(ofOne, long64(rows.first()));
    Operand<TInt64> width = tf.constant(new long[] {COLUMNS});
    Operand<TInt64> wholeRows = tf.math.floorDiv(before, width);
    Operand<TInt32> first =
        tf.dtypes.cast(tf.math.sub(before, tf.math.mul(wholeRows, width)), TInt32.class);
    Operand<TInt64> blocks = tf.constant((long) COLUMNS / RandomWords.BLOCK_BYTES);
    Operand<TInt64> last = tf.math.mul(ofOne, long64(rows.batch()));
    Operand<TInt64> allRows = tf.math.floorDiv(tf.math.add(last, tf.constant(COLUMNS - 1L)), width);
    return new Drawn(
        RandomWords.from(
            tf, ownSeed, tf.math.mul(wholeRows, blocks), words(tf.math.add(first, count))),
        RandomWords.from(tf, ownSeed, tf.math.mul(allRows, blocks), kernels.ints(1)),
        first);
  }

  /** As many as whole rows of bytes need for so many values: int32 [1] from int32 [1]. */
  private Operand<TInt32> words(Operand<TInt32> count) {
    Ops tf = kernels.tf();
    Operand<TInt32> rows = tf.math.div(tf.math.add(count, kernels.ints(COLUMNS - 1)), columns());
    return tf.math.div(tf.math.mul(rows, columns()), kernels.ints(Integer.BYTES));
  }

  private Operand<TInt64> long64(Operand<TInt32> x) {
    return kernels.tf().dtypes.cast(x, TInt64.class);
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
