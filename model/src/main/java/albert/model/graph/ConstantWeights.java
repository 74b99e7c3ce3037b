package albert.model.graph;

import albert.model.tensor.FloatTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Weights as constants of the graph, for inference: TensorFlow then packs them once. */
public final class ConstantWeights implements WeightSource {
  private final Ops tf;
  private final Map<String, FloatTensor> values;
  private final Map<String, Operand<TFloat32>> constants = new HashMap<>();

  /**
   * @param tf where the constants are built
   * @param values the weights by name
   */
  public ConstantWeights(Ops tf, Map<String, FloatTensor> values) {
    this.tf = tf;
    this.values = values;
  }

  /**
   * @throws IllegalArgumentException if there are no weights of that name or shape
   */
  @Override
  public Operand<TFloat32> get(String name, Initializer initializer, long... shape) {
    return constants.computeIfAbsent(name, key -> constant(key, shape));
  }

  private Operand<TFloat32> constant(String name, long[] shape) {
    FloatTensor value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "there are no weights %s of shape %s", name, Arrays.toString(shape)));
    }
    if (!Arrays.equals(value.shape(), shape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has shape %s, needed is %s",
              name,
              Arrays.toString(value.shape()),
              Arrays.toString(shape)));
    }
    return tf.withName(NodeName.of(name))
        .constant(Shape.of(shape), DataBuffers.of(value.values(), true, false));
  }
}
