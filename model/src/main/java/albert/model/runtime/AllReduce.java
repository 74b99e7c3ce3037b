package albert.model.runtime;

import albert.model.graph.VariableStore.Variable;
import albert.model.layer.Replica;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of all replicas summed up: one all-reduce of one vector a step, since many small
 * ones take longer. The vector is copied together and apart again, on each device.
 */
final class AllReduce {
  private AllReduce() {}

  /**
   * The sums, or the gradients themselves where there is one replica.
   *
   * @param variables what the gradients are by
   * @param gradients one a variable, of what a replica has of the batch
   */
  static List<Operand<TFloat32>> of(
      Ops tf, Replica replica, List<Variable> variables, List<Operand<TFloat32>> gradients) {
    if (replica.isAlone()) {
      return gradients;
    }
    List<Operand<TFloat32>> flat = new ArrayList<>();
    gradients.forEach(gradient -> flat.add(tf.reshape(gradient, tf.constant(new int[] {-1}))));
    long[] sizes = variables.stream().mapToLong(variable -> variable.shape().size()).toArray();
    Operand<TFloat32> all = replica.total(tf.concat(flat, tf.constant(0)));
    List<? extends Operand<TFloat32>> sums =
        tf.splitV(all, tf.constant(sizes), tf.constant(0), (long) sizes.length).output();
    List<Operand<TFloat32>> shaped = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      shaped.add(tf.reshape(sums.get(i), tf.constant(variables.get(i).shape().asArray())));
    }
    return shaped;
  }
}
