package albert.model.optim;

import albert.model.graph.Kernels;
import albert.model.graph.VariableStore;
import albert.model.graph.VariableStore.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Updates resource variables by their gradients. */
public sealed interface Optimizer permits AdamW, Lamb {
  /** Variables that weight decay and LAMB's trust ratio leave alone. */
  Pattern NOT_DECAYED = Pattern.compile("LayerNorm|layer_norm|bias");

  /** Of this kind. */
  static Optimizer of(OptimizerConfig config) {
    return switch (config.kind()) {
      case ADAMW -> new AdamW(config);
      case LAMB -> new Lamb(config);
    };
  }

  /** What the two moments of a variable are called, after the variable's name and a slash. */
  List<String> slotNames();

  /**
   * Adds the update of one variable.
   *
   * @param variable what to update
   * @param slots its moments, in the order of {@link #slotNames()}
   * @param gradient float32 of its shape, clipped
   * @param rates the step's scalars
   * @return the operation to run
   */
  Op update(
      Kernels kernels,
      Variable variable,
      List<Variable> slots,
      Operand<TFloat32> gradient,
      StepScalars rates);

  /**
   * Adds what an update does to a weight whose gradient has always been 0.
   *
   * @param factor float32 [], what such a weight was multiplied by in all
   * @param rates the step's scalars
   * @return the operation to run
   * @throws IllegalStateException if the update depends on other weights
   */
  Op decay(Kernels kernels, Variable factor, StepScalars rates);

  /** Whether weight decay applies to a variable. */
  static boolean decays(String name) {
    return !NOT_DECAYED.matcher(name).find();
  }

  /**
   * Adds the updates of all variables.
   *
   * @param gradients one a variable, in the same order
   * @param maxGradNorm clipping, 0 for none
   * @param rateFactors by a variable's name, what the learning rate is multiplied by
   * @return the operations to run and the gradients' global norm before clipping, float32 []
   */
  default Updates apply(
      Kernels kernels,
      VariableStore store,
      List<Variable> variables,
      List<Operand<TFloat32>> gradients,
      double maxGradNorm,
      StepScalars rates,
      ToDoubleFunction<String> rateFactors) {
    Ops tf = kernels.tf();
    Operand<TFloat32> norm = globalNorm(kernels, gradients);
    Operand<TFloat32> limit = tf.constant((float) maxGradNorm);
    Operand<TFloat32> clip = tf.math.div(limit, tf.math.maximum(norm, limit));
    List<Op> operations = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      List<Variable> slots =
          slotNames().stream()
              .map(slot -> store.slot(variable.name() + "/" + slot, variable.shape()))
              .toList();
      Operand<TFloat32> gradient = gradients.get(i);
      Operand<TFloat32> clipped = maxGradNorm > 0 ? tf.math.mul(gradient, clip) : gradient;
      double rateFactor = rateFactors.applyAsDouble(variable.name());
      StepScalars own = rates.withRateTimes(tf, rateFactor);
      operations.add(update(kernels, variable, slots, clipped, own));
    }
    return new Updates(operations, norm);
  }

  /**
   * What {@link #apply} built.
   *
   * @param operations to run, all of them
   * @param gradientNorm float32 [], before clipping
   */
  record Updates(List<Op> operations, Operand<TFloat32> gradientNorm) {}

  private static Operand<TFloat32> globalNorm(Kernels kernels, List<Operand<TFloat32>> gradients) {
    Ops tf = kernels.tf();
    List<Operand<TFloat32>> halves =
        gradients.stream().map(g -> (Operand<TFloat32>) tf.nn.l2Loss(g)).toList();
    return tf.math.sqrt(kernels.scale(tf.math.addN(halves), 2));
  }
}
