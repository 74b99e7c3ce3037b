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
    return building.tf().math.mean(each(building, logits, right), building.kernels().ints(0));
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
    return tf.math.mean(
        tf.math.mul(each(building, logits, right), own), building.kernels().ints(0));
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
    Ops tf = building.tf();
    Operand<TInt32> zero = tf.constant(0);
    Operand<TFloat32> counts = tf.dtypes.cast(tf.math.greaterEqual(right, zero), TFloat32.class);
    Operand<TFloat32> each = each(building, logits, tf.math.maximum(right, zero));
    Kernels kernels = building.kernels();
    return tf.math.divNoNan(
        tf.sum(tf.math.mul(each, counts), kernels.ints(0)), tf.sum(counts, kernels.ints(0)));
  }

  /** float32 [n]. */
  static Operand<TFloat32> each(
      Building building, Operand<TFloat32> logits, Operand<TInt32> right) {
    return building.tf().nn.sparseSoftmaxCrossEntropyWithLogits(logits, right).loss();
  }
}
