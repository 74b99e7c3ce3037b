package albert.model.head;

import albert.model.graph.Kernels;
import albert.model.layer.Building;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Means of the negative log probabilities of the right classes. TensorFlow-Java's {@code
 * SparseCategoricalCrossentropy} gives the same values in a graph of 24 operations instead of 4: it
 * casts, checks and weighs whatever it is given.
 */
final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Over all rows.
   *
   * @param logits float32 [n, classes]
   * @param right int32 [n]
   * @return float32 []
   */
  static Operand<TFloat32> mean(
      Building building, Operand<TFloat32> logits, Operand<TInt32> right) {
    return building.mean(each(building, logits, right), 0);
  }

  /**
   * Over all rows, each times the weight of its class.
   *
   * @param logits float32 [n, classes]
   * @param right int32 [n]
   * @param classWeights one a class; empty for 1 everywhere
   * @return float32 []
   */
  static Operand<TFloat32> mean(
      Building building,
      Operand<TFloat32> logits,
      Operand<TInt32> right,
      List<Double> classWeights) {
    if (classWeights.isEmpty()) {
      return mean(building, logits, right);
    }
    Ops tf = building.tf();
    float[] weights = new float[classWeights.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = classWeights.get(i).floatValue();
    }
    Operand<TFloat32> own = tf.gather(tf.constant(weights), right, tf.constant(0));
    return building.mean(tf.math.mul(each(building, logits, right), own), 0);
  }

  /**
   * Over the rows whose class is not negative; 0 if there is none.
   *
   * @param logits float32 [n, classes]
   * @param right int32 [n]
   * @return float32 []
   */
  static Operand<TFloat32> meanOfCounted(
      Building building, Operand<TFloat32> logits, Operand<TInt32> right) {
    return counted(building, each(building, logits, known(building, right)), right);
  }

  /**
   * Of two classes with one logit, over the rows whose class is not negative; 0 if there is none.
   *
   * @param logits float32 [n]
   * @param right int32 [n], 0 or 1
   * @return float32 []
   */
  static Operand<TFloat32> meanOfCountedBinary(
      Building building, Operand<TFloat32> logits, Operand<TInt32> right) {
    Operand<TFloat32> z = building.tf().dtypes.cast(known(building, right), TFloat32.class);
    return counted(building, eachBinary(building, logits, z), right);
  }

  private static Operand<TInt32> known(Building building, Operand<TInt32> right) {
    Ops tf = building.tf();
    return tf.math.maximum(right, tf.constant(0));
  }

  /** The mean of what has a class that is not negative. */
  private static Operand<TFloat32> counted(
      Building building, Operand<TFloat32> each, Operand<TInt32> right) {
    Ops tf = building.tf();
    Kernels kernels = building.kernels();
    Operand<TFloat32> counts =
        tf.dtypes.cast(tf.math.greaterEqual(right, tf.constant(0)), TFloat32.class);
    return tf.math.divNoNan(
        tf.sum(tf.math.mul(each, counts), kernels.ints(0)),
        building.replica().total(tf.sum(counts, kernels.ints(0))));
  }

  /** float32 [n]. */
  static Operand<TFloat32> each(
      Building building, Operand<TFloat32> logits, Operand<TInt32> right) {
    return building.tf().nn.sparseSoftmaxCrossEntropyWithLogits(logits, right).loss();
  }

  /**
   * {@code softplus(x) - x z}.
   *
   * @param x float32 [n], logits
   * @param z float32 [n], 1 or 0
   * @return float32 [n]
   */
  static Operand<TFloat32> eachBinary(Building building, Operand<TFloat32> x, Operand<TFloat32> z) {
    Ops tf = building.tf();
    return tf.math.sub(tf.math.softplus(x), tf.math.mul(x, z));
  }
}
