package albert.model.head;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The label placeholders of a graph, one a name. */
public final class Labels {
  private final Ops tf;
  private final Map<String, Operand<TInt32>> ints = new HashMap<>();
  private final Map<String, Operand<TFloat32>> floats = new HashMap<>();

  /**
   * @param tf where the placeholders are built
   */
  public Labels(Ops tf) {
    this.tf = tf;
  }

  Operand<TInt32> ints(String name, long... shape) {
    return ints.computeIfAbsent(
        name,
        key -> tf.withName(key).placeholder(TInt32.class, Placeholder.shape(Shape.of(shape))));
  }

  Operand<TFloat32> floats(String name, long... shape) {
    return floats.computeIfAbsent(
        name,
        key -> tf.withName(key).placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape))));
  }
}
