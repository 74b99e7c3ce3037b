package albert.model.graph;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradients of a graph, including those that TensorFlow's native runtime lacks.
 *
 * <p>The runtime has no gradient for {@code SparseSoftmaxCrossEntropyWithLogits} and {@code
 * IdentityN}; both are registered here once. (A process can hold ten such registrations at most,
 * which is why {@link HandGradient} shares one among all its functions.)
 */
public final class Gradients {
  private static final boolean REGISTERED = register();

  private Gradients() {}

  /**
   * Adds the gradients of a scalar to its graph.
   *
   * @param loss float32 []
   * @param weights what to differentiate by
   * @return one gradient a weight, each of the weight's shape
   * @throws IllegalStateException if a weight does not influence the loss
   */
  public static List<Operand<TFloat32>> of(
      Graph graph, Operand<TFloat32> loss, List<Operand<TFloat32>> weights) {
    if (!REGISTERED) {
      throw new IllegalStateException("TensorFlow refused to register gradients");
    }
    Output<?>[] by = weights.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), by);
    return java.util.Arrays.stream(gradients).map(Gradients::floats).toList();
  }

  private static boolean register() {
    TensorFlow.version(); // loads the native library, which the registration needs
    return TensorFlow.registerCustomGradient("IdentityN", Gradients::identityN)
        && TensorFlow.registerCustomGradient(
            "SparseSoftmaxCrossEntropyWithLogits", Gradients::crossEntropy);
  }

  private static List<Operand<?>> identityN(Ops tf, GraphOperation node, List<Output<?>> dy) {
    return HandGradient.of(node.name()).apply(tf, node, floats(dy.get(0)));
  }

  /** The operation's second output is softmax - one-hot, the gradient by the logits. */
  private static List<Operand<?>> crossEntropy(Ops tf, GraphOperation node, List<Output<?>> dy) {
    Operand<TFloat32> byLogits = floats(node.output(1));
    Operand<TFloat32> column = tf.expandDims(floats(dy.get(0)), tf.constant(-1));
    return List.of(tf.math.mul(column, byLogits), tf.constant(0));
  }

  @SuppressWarnings("unchecked") // every differentiable value of the model is float32
  private static Operand<TFloat32> floats(Output<?> output) {
    return (Operand<TFloat32>) output;
  }
}
