package albert.model.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Trainable weights as resource variables, one a name, each read once and shared by all who ask.
 *
 * <p>For the variable {@code NAME}, slashes written as dots, the graph has the operations {@code
 * NAME} (the handle), {@code NAME.read}, {@code NAME.feed} with {@code NAME.assign}, and the target
 * {@value #INITIALIZE} initialises them all from the seed fed to {@value #SEED}.
 */
public final class VariableStore implements WeightSource {
  /** Target that gives every variable its initial value. */
  public static final String INITIALIZE = "initialize";

  /** Placeholder int64 []: the seed of the initial values. */
  public static final String SEED = "initialize.seed";

  private final Ops tf;
  private final Operand<TInt64> seed;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final List<Variable> slots = new ArrayList<>();
  private final List<Op> initializers = new ArrayList<>();

  /**
   * A variable and what the graph holds for it.
   *
   * @param name the published checkpoint's name
   * @param shape its shape
   * @param handle the resource
   * @param read its value, float32
   */
  public record Variable(
      String name, Shape shape, Operand<? extends TType> handle, Operand<TFloat32> read) {}

  /**
   * @param tf where the variables are built
   */
  public VariableStore(Ops tf) {
    this.tf = tf;
    this.seed = tf.withName(SEED).placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
  }

  @Override
  public Operand<TFloat32> get(String name, Initializer initializer, long... dimensions) {
    Shape shape = Shape.of(dimensions);
    Variable known = variables.get(name);
    if (known == null) {
      known = create(name, initializer, shape);
      variables.put(name, known);
    } else if (!known.shape().equals(shape)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "%s has shape %s and is asked for as %s", name, known.shape(), shape));
    }
    return known.read();
  }

  /** Creates a variable that is not a weight of the model, such as an optimizer's moment: 0. */
  public Variable slot(String name, Shape shape) {
    return slot(name, Initializer.zeros(), shape);
  }

  /** Creates a variable that is not a weight of the model. */
  public Variable slot(String name, Initializer initializer, Shape shape) {
    Variable slot = create(name, initializer, shape);
    slots.add(slot);
    return slot;
  }

  /** The weights, then the slots. */
  public List<Variable> all() {
    List<Variable> all = new ArrayList<>(variables().values());
    all.addAll(slots);
    return all;
  }

  /** The weights by name. */
  public SortedMap<String, Variable> variables() {
    return new TreeMap<>(variables);
  }

  /** Adds the target {@link #INITIALIZE}; to be called when every variable is there. */
  public void addInitializeTarget() {
    tf.withControlDependencies(initializers).withName(INITIALIZE).noOp();
  }

  /** Name of the operation that reads a variable. */
  public static String readName(String name) {
    return NodeName.of(name) + ".read";
  }

  /** Name of the placeholder whose value {@link #assignName} assigns. */
  public static String feedName(String name) {
    return NodeName.of(name) + ".feed";
  }

  /** Name of the target that assigns what is fed to {@link #feedName}. */
  public static String assignName(String name) {
    return NodeName.of(name) + ".assign";
  }

  private Variable create(String name, Initializer initializer, Shape shape) {
    Operand<? extends TType> handle =
        tf.withName(NodeName.of(name))
            .varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
    int[] dimensions = new int[shape.numDimensions()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = Math.toIntExact(shape.get(i));
    }
    Operand<TInt64> ownSeed = tf.stack(List.of(seed, tf.constant(SeedOf.name(name))));
    initializers.add(
        tf.assignVariableOp(handle, initializer.value(tf, tf.constant(dimensions), ownSeed)));
    Operand<TFloat32> fed =
        tf.withName(feedName(name)).placeholder(TFloat32.class, Placeholder.shape(shape));
    tf.withName(assignName(name)).assignVariableOp(handle, fed);
    Operand<TFloat32> read = tf.withName(readName(name)).readVariableOp(handle, TFloat32.class);
    return new Variable(name, shape, handle, read);
  }
}
