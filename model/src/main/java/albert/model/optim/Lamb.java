package albert.model.optim;

import albert.model.graph.Kernels;
import albert.model.graph.VariableStore.Variable;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * LAMB (arXiv 1904.00962; google-research/albert, {@code lamb_optimizer.py}): AdamW's update {@code
 * u}, scaled by the trust ratio {@code ‖w‖ / ‖u‖}, which is 1 where either norm is 0 and for
 * variables without weight decay.
 */
public record Lamb(OptimizerConfig config) implements Optimizer {
  @Override
  public List<String> slotNames() {
    return List.of("lamb_m", "lamb_v");
  }

  /** Its trust ratio is one of whole tensors. */
  @Override
  public Op decay(Kernels kernels, Variable factor, StepScalars rates) {
    throw new IllegalStateException("LAMB updates no part of a table by itself");
  }

  @Override
  public Op update(
      Kernels kernels,
      Variable variable,
      List<Variable> slots,
      Operand<TFloat32> gradient,
      StepScalars rates) {
    Ops tf = kernels.tf();
    Operand<TFloat32> m = moment(kernels, slots.get(0).read(), gradient, config.beta1());
    Operand<TFloat32> v =
        moment(kernels, slots.get(1).read(), tf.math.square(gradient), config.beta2());
    Operand<TFloat32> corrected = tf.math.div(m, rates.correction1());
    Operand<TFloat32> root = tf.math.div(tf.math.sqrt(v), rates.correction2());
    Operand<TFloat32> step =
        tf.math.div(corrected, kernels.add(root, tf.constant((float) config.epsilon())));
    boolean adapts = Optimizer.decays(variable.name());
    Operand<TFloat32> update =
        adapts ? kernels.add(step, kernels.scale(variable.read(), config.weightDecay())) : step;
    Operand<TFloat32> rate =
        adapts
            ? tf.math.mul(rates.learningRate(), trustRatio(kernels, variable.read(), update))
            : rates.learningRate();
    Operand<TFloat32> change = tf.math.mul(update, rate);
    Ops last = tf.withControlDependencies(change);
    return last.withControlDependencies(
            last.assignVariableOp(slots.get(0).handle(), m),
            last.assignVariableOp(slots.get(1).handle(), v))
        .assignSubVariableOp(variable.handle(), change);
  }

  private static Operand<TFloat32> moment(
      Kernels kernels, Operand<TFloat32> old, Operand<TFloat32> now, double beta) {
    return kernels.add(kernels.scale(old, beta), kernels.scale(now, 1 - beta));
  }

  private static Operand<TFloat32> trustRatio(
      Kernels kernels, Operand<TFloat32> weights, Operand<TFloat32> update) {
    Ops tf = kernels.tf();
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> weightNorm = norm(kernels, weights);
    Operand<TFloat32> updateNorm = norm(kernels, update);
    return tf.select(
        tf.math.logicalAnd(tf.math.greater(weightNorm, zero), tf.math.greater(updateNorm, zero)),
        tf.math.divNoNan(weightNorm, updateNorm),
        tf.constant(1f));
  }

  private static Operand<TFloat32> norm(Kernels kernels, Operand<TFloat32> x) {
    return kernels.tf().math.sqrt(kernels.scale(kernels.tf().nn.l2Loss(x), 2));
  }
}
