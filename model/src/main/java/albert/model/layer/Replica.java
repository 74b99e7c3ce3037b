package albert.model.layer;

import albert.model.graph.Replication;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * One of several replicas of a model in training, each on a device of its own ({@link
 * Replication}): which sequences of a batch are its, and what all of them have together. The losses
 * of the replicas sum up to the loss of the whole batch: each divides what it has summed by what
 * {@link #total} says that all have.
 *
 * <p>Sequences are dealt out in a row, as evenly as they can be; a batch may have fewer of them
 * than there are replicas, some of which then have none.
 */
public final class Replica {
  /** The only one: it has the whole batch. */
  static final Replica ALONE = new Replica(null, null);

  private final @Nullable Ops tf;
  private final @Nullable Rows own;

  /**
   * Some sequences of a batch, in a row.
   *
   * @param first int32 [], the first of them
   * @param size int32 [], how many
   * @param batch int32 [], how many the whole batch has
   */
  record Rows(Operand<TInt32> first, Operand<TInt32> size, Operand<TInt32> batch) {}

  private Replica(@Nullable Ops tf, @Nullable Rows own) {
    this.tf = tf;
    this.own = own;
  }

  /**
   * One of so many.
   *
   * @param count how many replicas there are
   * @param together sequences in a row that belong together, such as the choices of a question
   * @param inputs the whole batch
   */
  public static Replica of(Ops tf, int count, int together, EncoderInputs inputs) {
    if (count == 1) {
      return ALONE;
    }
    Operand<TInt32> rank = Replication.rank(tf);
    Operand<TInt32> size = tf.constant(together);
    Operand<TInt32> replicas = tf.constant(count);
    Operand<TInt32> units = tf.math.floorDiv(inputs.batch(), size);
    Operand<TInt32> least = tf.math.floorDiv(units, replicas);
    Operand<TInt32> left = tf.math.sub(units, tf.math.mul(least, replicas));
    Operand<TInt32> first = tf.math.add(tf.math.mul(rank, least), tf.math.minimum(rank, left));
    Operand<TInt32> own =
        tf.math.add(least, tf.dtypes.cast(tf.math.less(rank, left), TInt32.class));
    return new Replica(
        tf, new Rows(tf.math.mul(first, size), tf.math.mul(own, size), inputs.batch()));
  }

  /** Its sequences; null if it has the whole batch. */
  @Nullable Rows rows() {
    return own;
  }

  /** Its sequences of a whole batch. */
  public EncoderInputs of(EncoderInputs inputs) {
    return own == null
        ? inputs
        : inputs.part(Objects.requireNonNull(tf), own.first(), own.size()).inputs();
  }

  /**
   * Its rows of a whole batch's labels, which have a row for every sequence, or for as many
   * sequences as belong together.
   *
   * @param labels [n, …]
   * @return [own n, …]
   */
  public <T extends TType> Operand<T> of(Operand<T> labels) {
    if (own == null) {
      return labels;
    }
    Ops ops = Objects.requireNonNull(tf);
    Operand<TInt32> shape = ops.shape(labels);
    Operand<TInt32> rows = ops.gather(shape, ops.constant(0), ops.constant(0));
    Operand<TInt32> first = part(ops, own.first(), rows, own.batch());
    Operand<TInt32> size = part(ops, own.size(), rows, own.batch());
    Operand<TInt32> rest =
        ops.slice(shape, ops.constant(new int[] {1}), ops.constant(new int[] {-1}));
    return ops.slice(
        labels,
        ops.concat(
            List.of(ops.expandDims(first, ops.constant(0)), ops.zerosLike(rest)), ops.constant(0)),
        ops.concat(List.of(ops.expandDims(size, ops.constant(0)), rest), ops.constant(0)));
  }

  /** {@code sequences · rows / batch}. */
  private static Operand<TInt32> part(
      Ops tf, Operand<TInt32> sequences, Operand<TInt32> rows, Operand<TInt32> batch) {
    return tf.math.floorDiv(tf.math.mul(sequences, rows), batch);
  }

  /**
   * The sum of every replica's x, of which no gradient can be taken: x follows from labels alone,
   * or is a gradient itself, or a loss to report.
   *
   * @param x float32, of the same shape in every replica
   */
  public Operand<TFloat32> total(Operand<TFloat32> x) {
    return own == null ? x : Replication.sum(Objects.requireNonNull(tf), x);
  }

  /** Whether there are no others. */
  public boolean isAlone() {
    return own == null;
  }
}
