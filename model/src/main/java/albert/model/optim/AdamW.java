package albert.model.optim;

import albert.model.graph.Kernels;
import albert.model.graph.VariableStore.Variable;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay (arXiv 1711.05101; google-research/albert, {@code
 * optimization.py}, {@code AdamWeightDecayOptimizer}; with bias correction as {@code
 * torch.optim.AdamW}): {@code w -= rate (m̂ / (√v̂ + ε) + decay w)}.
 *
 * <p>TensorFlow's fused kernel does the Adam part. It takes ε relative to the uncorrected √v, so it
 * is given {@code ε √(1 - beta2^t)}, and no powers of beta: the corrections are in its rate.
 */
public record AdamW(OptimizerConfig config) implements Optimizer {
  @Override
  public List<String> slotNames() {
    return List.of("adam_m", "adam_v");
  }

  @Override
  public Op update(
      Kernels kernels,
      Variable variable,
      List<Variable> slots,
      Operand<TFloat32> gradient,
      StepScalars rates) {
    Ops tf = kernels.tf();
    Operand<TFloat32> noPower = tf.constant(0f);
    Operand<TFloat32> rate =
        tf.math.div(tf.math.mul(rates.learningRate(), rates.correction2()), rates.correction1());
    Ops afterDecay =
        decays(variable) ? tf.withControlDependencies(decay(tf, variable, gradient, rates)) : tf;
    return afterDecay.train.resourceApplyAdam(
        variable.handle(),
        slots.get(0).handle(),
        slots.get(1).handle(),
        noPower,
        noPower,
        rate,
        tf.constant((float) config.beta1()),
        tf.constant((float) config.beta2()),
        tf.math.mul(tf.constant((float) config.epsilon()), rates.correction2()),
        gradient);
  }

  private boolean decays(Variable variable) {
    return config.weightDecay() > 0 && Optimizer.decays(variable.name());
  }

  @Override
  public Op decay(Kernels kernels, Variable factor, StepScalars rates) {
    Ops tf = kernels.tf();
    return tf.assignVariableOp(factor.handle(), tf.math.mul(factor.read(), kept(tf, rates)));
  }

  /**
   * Waits for the gradient, since all reads of the old weights are done by then. The product
   * becomes the variable's value as it is, without another pass over the weights.
   */
  private Op decay(Ops tf, Variable variable, Operand<TFloat32> gradient, StepScalars rates) {
    Operand<TFloat32> kept = kept(tf, rates);
    Ops afterGradient = tf.withControlDependencies(gradient);
    return afterGradient.assignVariableOp(
        variable.handle(), afterGradient.math.mul(variable.read(), kept));
  }

  /** What decay multiplies a weight by. */
  private Operand<TFloat32> kept(Ops tf, StepScalars rates) {
    return tf.math.sub(
        tf.constant(1f),
        tf.math.mul(rates.learningRate(), tf.constant((float) config.weightDecay())));
  }
}
