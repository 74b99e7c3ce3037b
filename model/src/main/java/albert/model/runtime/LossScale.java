package albert.model.runtime;

import albert.model.graph.Initializer;
import albert.model.graph.Kernels;
import albert.model.graph.VariableStore;
import albert.model.graph.VariableStore.Variable;
import albert.model.optim.LossScaling;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The scale of a loss in the graph of a training, with how often it was changed: float32 scalars
 * that a checkpoint keeps.
 *
 * @param kernels where it is built
 * @param scaling how the scale changes
 * @param scale what the loss is multiplied by
 * @param goodSteps steps since the scale last changed; counts are exact to 2^24
 * @param skippedSteps steps whose gradients overflowed, so that they changed no weight
 */
record LossScale(
    Kernels kernels,
    LossScaling scaling,
    Variable scale,
    Variable goodSteps,
    Variable skippedSteps) {

  /** Variable: what the loss is multiplied by. */
  static final String SCALE = "loss_scale";

  /** Variable: steps skipped so far. */
  static final String SKIPPED_STEPS = "loss_scale/skipped_steps";

  /** Target: what is done instead of an update where gradients overflowed. */
  static final String SKIP = "training.skip";

  private static final String GOOD_STEPS = "loss_scale/good_steps";

  /** Adds the variables. */
  static LossScale build(Kernels kernels, VariableStore store, LossScaling scaling) {
    return new LossScale(
        kernels,
        scaling,
        store.slot(SCALE, new Initializer.Fill(scaling.initial()), Shape.scalar()),
        store.slot(GOOD_STEPS, Shape.scalar()),
        store.slot(SKIPPED_STEPS, Shape.scalar()));
  }

  /** What is differentiated instead of the loss, float32 []. */
  Operand<TFloat32> scaled(Operand<TFloat32> loss) {
    Ops tf = kernels.tf();
    return tf.math.mul(loss, tf.stopGradient(scale.read()));
  }

  /** The gradients of the loss, from those of what {@link #scaled} gives. */
  List<Operand<TFloat32>> unscaled(List<Operand<TFloat32>> gradients) {
    Ops tf = kernels.tf();
    Operand<TFloat32> inverse = tf.math.reciprocal(scale.read());
    return gradients.stream()
        .map(gradient -> (Operand<TFloat32>) tf.math.mul(gradient, inverse))
        .toList();
  }

  /**
   * Adds what an update does to the scale: after enough of them it doubles, while that is finite.
   */
  List<Op> updated() {
    Ops tf = kernels.tf();
    Operand<TFloat32> steps = kernels.add(goodSteps.read(), kernels.constant(1));
    Operand<TBool> isDue = tf.math.greaterEqual(steps, kernels.constant(scaling.growthSteps()));
    Operand<TFloat32> doubled = kernels.scale(scale.read(), 2);
    Operand<TFloat32> grown =
        tf.select(tf.math.logicalAnd(isDue, tf.math.isFinite(doubled)), doubled, scale.read());
    return List.of(
        tf.assignVariableOp(scale.handle(), grown),
        tf.assignVariableOp(goodSteps.handle(), tf.select(isDue, kernels.constant(0), steps)));
  }

  /**
   * Adds the target {@link #SKIP}: the scale halves, and the gradients are forgotten.
   *
   * @param sums of the gradients
   */
  void addSkip(GradientSums sums) {
    Ops tf = kernels.tf();
    List<Op> all = new ArrayList<>(sums.emptied(tf, List.of()));
    all.add(tf.assignVariableOp(scale.handle(), kernels.scale(scale.read(), 0.5)));
    all.add(tf.assignVariableOp(goodSteps.handle(), kernels.constant(0)));
    all.add(
        tf.assignVariableOp(
            skippedSteps.handle(), kernels.add(skippedSteps.read(), kernels.constant(1))));
    tf.withControlDependencies(all).withName(SKIP).noOp();
  }
}
