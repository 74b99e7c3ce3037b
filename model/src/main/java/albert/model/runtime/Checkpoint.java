package albert.model.runtime;

import albert.model.config.ConfigException;
import albert.model.graph.VariableStore.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The part of a graph that writes and reads TensorFlow checkpoints, in the layout of TensorFlow's
 * own {@code Saver}. (TensorFlow-Java's {@code Session.save} leaves resource variables out.)
 */
final class Checkpoint {
  /** Placeholder string []: the files' prefix. */
  static final String PREFIX = "checkpoint.prefix";

  /** Placeholder int64 []: updates done. */
  static final String STEP = "checkpoint.step";

  /** Target: writes. */
  static final String SAVE = "checkpoint.save";

  /** Target: reads all variables. */
  static final String RESTORE = "checkpoint.restore";

  /** Output int64 []: updates done, read from the file. */
  static final String RESTORED_STEP = "checkpoint.restored_step";

  private static final String GLOBAL_STEP = "global_step";

  private Checkpoint() {}

  static void build(Ops tf, List<Variable> variables) {
    Operand<TString> prefix =
        tf.withName(PREFIX).placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TInt64> step =
        tf.withName(STEP).placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    List<String> names = new ArrayList<>(variables.stream().map(Variable::name).toList());
    List<Operand<?>> values = new ArrayList<>();
    variables.forEach(variable -> values.add(variable.read()));
    names.add(GLOBAL_STEP);
    values.add(step);
    tf.withName(SAVE).train.save(prefix, strings(tf, names), whole(tf, names.size()), values);

    tf.withControlDependencies(restored(tf, prefix, variables)).withName(RESTORE).noOp();
    Restore number =
        tf.train.restore(
            prefix, strings(tf, List.of(GLOBAL_STEP)), whole(tf, 1), List.of(TInt64.class));
    tf.withName(RESTORED_STEP).identity(number.tensors().get(0));
  }

  /** Writes the variables of a session's graph, and how many updates were done. */
  static void save(GraphSession session, Path prefix, long step) {
    session.call().feed(PREFIX, prefix.toAbsolutePath().toString()).feed(STEP, step).run(SAVE);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @return the number of updates done
   * @throws ConfigException if the graph scales its loss, and the one that wrote did not
   */
  static long restore(GraphSession session, Path prefix) {
    String file = prefix.toAbsolutePath().toString();
    try {
      session.call().feed(PREFIX, file).run(RESTORE);
    } catch (TensorFlowException e) {
      if (String.valueOf(e.getMessage()).contains(LossScale.SCALE)) {
        throw new ConfigException(
            "precision",
            String.format(
                Locale.ROOT,
                "precision is float16, but %s has no %s: it was written in another precision, and"
                    + " goes on in that alone",
                prefix,
                LossScale.SCALE));
      }
      throw e;
    }
    return session.call().feed(PREFIX, file).fetchLong(RESTORED_STEP);
  }

  /** Operations that set variables from the files of a prefix. */
  static List<Op> restored(Ops tf, Operand<TString> prefix, List<Variable> variables) {
    List<Class<? extends TType>> types = new ArrayList<>();
    variables.forEach(variable -> types.add(TFloat32.class));
    Restore restored =
        tf.train.restore(
            prefix,
            strings(tf, variables.stream().map(Variable::name).toList()),
            whole(tf, variables.size()),
            types);
    List<Op> assigned = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      assigned.add(
          tf.assignVariableOp(
              variables.get(i).handle(), (Operand<? extends TType>) restored.tensors().get(i)));
    }
    return assigned;
  }

  static Operand<TString> strings(Ops tf, List<String> values) {
    return tf.constant(NdArrays.vectorOfObjects(values.toArray(String[]::new)));
  }

  /** Slice specifications that say "the whole tensor". */
  static Operand<TString> whole(Ops tf, int count) {
    return strings(tf, Collections.nCopies(count, ""));
  }
}
