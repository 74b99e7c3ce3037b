package albert.model.head;

import albert.model.layer.Replica;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** The label placeholders of a graph, one a name. */
public final class Labels {
  private final Ops tf;
  private final @Nullable Labels whole;
  private final @Nullable Replica replica;
  private final Map<String, Operand<TInt32>> ints = new HashMap<>();
  private final Map<String, Operand<TFloat32>> floats = new HashMap<>();

  /**
   * @param tf where the placeholders are built
   */
  public Labels(Ops tf) {
    this(tf, null, null);
  }

  private Labels(Ops tf, @Nullable Labels whole, @Nullable Replica replica) {
    this.tf = tf;
    this.whole = whole;
    this.replica = replica;
  }

  /** What a replica has of them. */
  public Labels of(Replica replica) {
    return replica.isAlone() ? this : new Labels(tf, this, replica);
  }

  Operand<TInt32> ints(String name, long... shape) {
    return ints.computeIfAbsent(
        name,
        key ->
            whole == null || replica == null
                ? placeholder(key, TInt32.class, shape)
                : replica.of(whole.ints(key, shape)));
  }

  Operand<TFloat32> floats(String name, long... shape) {
    return floats.computeIfAbsent(
        name,
        key ->
            whole == null || replica == null
                ? placeholder(key, TFloat32.class, shape)
                : replica.of(whole.floats(key, shape)));
  }

  private <T extends TType> Operand<T> placeholder(String name, Class<T> type, long... shape) {
    return tf.withName(name).placeholder(type, Placeholder.shape(Shape.of(shape)));
  }
}
