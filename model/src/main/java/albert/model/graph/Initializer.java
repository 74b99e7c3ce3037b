package albert.model.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * What a variable starts from (google-research/albert, {@code modeling.py}, {@code
 * create_initializer}: a normal distribution cut at two standard deviations).
 *
 * <p>The values are bit for bit those of {@code org.tensorflow.framework.initializers} with the
 * seed {@code {s, 0}}. Those take the seed as a constant of the graph, though; here it is fed, so
 * that one graph serves every seed.
 */
public sealed interface Initializer {
  /**
   * The initial value.
   *
   * @param tf where to build
   * @param shape int32 [rank]
   * @param seed int64 [2]; the same seed gives the same values on every machine and thread count
   * @return float32 of that shape
   */
  Operand<TFloat32> value(Ops tf, Operand<TInt32> shape, Operand<TInt64> seed);

  /** All ones. */
  static Initializer ones() {
    return new Fill(1);
  }

  /** All zeros. */
  static Initializer zeros() {
    return new Fill(0);
  }

  /**
   * One value everywhere.
   *
   * @param number the value
   */
  record Fill(float number) implements Initializer {
    @Override
    public Operand<TFloat32> value(Ops tf, Operand<TInt32> shape, Operand<TInt64> seed) {
      return tf.fill(shape, tf.constant(number));
    }
  }

  /**
   * A normal distribution with mean 0, redrawn beyond two standard deviations.
   *
   * @param standardDeviation before the cut
   */
  record TruncatedNormal(double standardDeviation) implements Initializer {
    @Override
    public Operand<TFloat32> value(Ops tf, Operand<TInt32> shape, Operand<TInt64> seed) {
      return tf.math.mul(
          tf.random.statelessTruncatedNormal(shape, seed, TFloat32.class),
          tf.constant((float) standardDeviation));
    }
  }
}
