package albert.model.runtime;

import albert.model.graph.Kernels;
import albert.model.graph.VariableStore;
import albert.model.graph.VariableStore.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The gradients that an update takes: those of the batch, or the sum over several batches of each
 * one's share. With shares that are the parts of the examples, k batches give the gradient of one
 * batch of all their examples.
 *
 * @param gradients one a variable
 * @param sums the variables that hold the sums, or none
 */
record GradientSums(List<Operand<TFloat32>> gradients, List<Variable> sums) {

  private static final String SLOT = "/gradient_sum";

  /**
   * Adds the sums and the target {@link TrainingGraph#ACCUMULATE}.
   *
   * @param apart whether the last batch is added to the sums like the others, before an update that
   *     has no batch; else it is part of the update
   */
  static GradientSums build(
      Kernels kernels,
      VariableStore store,
      List<Variable> variables,
      List<Operand<TFloat32>> gradients,
      boolean apart) {
    Ops tf = kernels.tf();
    Operand<TFloat32> share =
        tf.withName(TrainingGraph.SHARE)
            .placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    List<Operand<TFloat32>> totals = new ArrayList<>();
    List<Variable> sums = new ArrayList<>();
    List<Op> added = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      Variable sum = store.slot(variable.name() + SLOT, variable.shape());
      Operand<TFloat32> part = tf.math.mul(gradients.get(i), share);
      added.add(tf.assignAddVariableOp(sum.handle(), part));
      totals.add(apart ? sum.read() : kernels.add(sum.read(), part));
      sums.add(sum);
    }
    tf.withControlDependencies(added).withName(TrainingGraph.ACCUMULATE).noOp();
    return new GradientSums(totals, sums);
  }

  /** The operations to run last: the updates, and after them the sums' return to 0. */
  List<Op> emptied(Ops tf, List<Op> updates) {
    if (sums.isEmpty()) {
      return updates;
    }
    Ops after = tf.withControlDependencies(updates);
    List<Op> emptied = new ArrayList<>(updates);
    for (Variable sum : sums) {
      emptied.add(
          after.assignVariableOp(
              sum.handle(), after.fill(after.constant(sum.shape().asArray()), after.constant(0f))));
    }
    return emptied;
  }
}
