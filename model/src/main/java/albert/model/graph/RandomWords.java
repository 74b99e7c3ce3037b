package albert.model.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Random words from any place of a sequence on: the sequence that {@code
 * StatelessRandomUniformFullInt} draws from a seed (Philox, Salmon et al. 2011, whose counter
 * counts blocks of four words), without drawing what is before.
 */
public final class RandomWords {
  /** Bytes of a block. */
  public static final int BLOCK_BYTES = 16;

  private static final int PHILOX = 1;

  private RandomWords() {}

  /**
   * Draws.
   *
   * @param seed int64 [2]
   * @param block int64 [1], the first block
   * @param count int32 [1], how many words
   * @return int32 [count]
   */
  public static Operand<TInt32> from(
      Ops tf, Operand<TInt64> seed, Operand<TInt64> block, Operand<TInt32> count) {
    Operation start =
        tf.scope()
            .opBuilder("StatelessRandomGetKeyCounter", "key_counter")
            .addInput(seed.asOutput())
            .build();
    Operand<TInt64> zeros = signed(tf, start);
    Operand<TInt64> moved =
        tf.math.add(zeros, tf.concat(List.of(block, tf.constant(new long[] {0})), tf.constant(0)));
    Operation counter =
        tf.scope()
            .opBuilder("Bitcast", "counter")
            .addInput(moved.asOutput())
            .setAttr("type", DataType.DT_UINT64)
            .build();
    return tf.scope()
        .opBuilder("StatelessRandomUniformFullIntV2", "random_words")
        .addInput(count.asOutput())
        .addInput(start.output(0))
        .addInput(counter.output(0))
        .addInput(tf.constant(PHILOX).asOutput())
        .setAttr("dtype", DataType.DT_INT32)
        .build()
        .output(0);
  }

  /** The counter of the sequence's beginning, its low half 0, as a type that can be added to. */
  private static Operand<TInt64> signed(Ops tf, Operation start) {
    return tf.scope()
        .opBuilder("Bitcast", "counter")
        .addInput(start.output(1))
        .setAttr("type", DataType.DT_INT64)
        .build()
        .output(0);
  }
}
