package albert.model.runtime;

import albert.model.graph.Replication;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/** Measures the all-reduce of a training step alone, on vectors of the same size. */
public final class AllReduceProbe {
  private static final String FIRST = "first";
  private static final int WARM_UP = 2;
  private static final int REPEATS = 11;

  private AllReduceProbe() {}

  /**
   * The median time of an all-reduce, in which each device also makes its vector.
   *
   * @param bytes of the vector of float32 that each device gives
   * @param resolved options with nothing left to decide, and several devices
   * @return seconds
   */
  public static double seconds(long bytes, RuntimeOptions resolved) {
    try (GraphSession session =
        new GraphSession(graph(bytes, resolved), resolved, resolved.devices())) {
      double[] seconds = new double[REPEATS];
      for (int i = -WARM_UP; i < REPEATS; i++) {
        long begun = System.nanoTime();
        session.call().fetch(List.of(FIRST));
        seconds[Math.max(i, 0)] = (System.nanoTime() - begun) * 1e-9;
      }
      Arrays.sort(seconds);
      return seconds[REPEATS / 2];
    }
  }

  private static GraphDef graph(long bytes, RuntimeOptions resolved) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      int numbers = Math.toIntExact(bytes / Float.BYTES);
      Operand<TFloat32> sum =
          Replication.sum(tf, tf.fill(tf.constant(new int[] {numbers}), tf.constant(1f)));
      tf.withName(FIRST).slice(sum, tf.constant(new int[] {0}), tf.constant(new int[] {1}));
      return Replication.apply(
          graph.toGraphDef(), List.of(), resolved.deviceNames(), resolved.transport());
    }
  }
}
