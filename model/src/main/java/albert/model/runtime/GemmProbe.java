package albert.model.runtime;

import albert.model.tensor.FloatTensor;
import java.util.Arrays;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * How fast this machine multiplies matrices, in about a second: products of {@value #SIZE} ×
 * {@value #SIZE} matrices, {@value #PRODUCTS} in a row.
 */
public final class GemmProbe {
  private static final int SIZE = 1024;
  private static final int PRODUCTS = 8;
  private static final int REPEATS = 3;
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  private GemmProbe() {}

  /**
   * Measures.
   *
   * @param options threads, device and precision of the products
   * @return floating-point operations a second of the fastest of {@value #REPEATS} repeats, after
   *     one that is not counted
   */
  public static double flopsPerSecond(RuntimeOptions options) {
    RuntimeOptions resolved = options.resolve();
    float[] values = new float[SIZE * SIZE];
    Arrays.fill(values, 1f / SIZE);
    Map<String, FloatTensor> feed = Map.of(INPUT, FloatTensor.of(values, SIZE, SIZE));
    long fastest = Long.MAX_VALUE;
    try (Graph graph = graph();
        GraphSession session = new GraphSession(graph.toGraphDef(), resolved)) {
      for (int i = 0; i <= REPEATS; i++) {
        long begun = System.nanoTime();
        session.call().feed(feed).run(OUTPUT);
        long took = System.nanoTime() - begun;
        fastest = i == 0 ? fastest : Math.min(fastest, took);
      }
    }
    return PRODUCTS * 2.0 * SIZE * SIZE * SIZE / (fastest * 1e-9);
  }

  private static Graph graph() {
    Graph graph = new Graph();
    Ops tf = Ops.create(graph);
    Operand<TFloat32> input =
        tf.withName(INPUT).placeholder(TFloat32.class, Placeholder.shape(Shape.of(SIZE, SIZE)));
    Operand<TFloat32> product = input;
    for (int i = 0; i < PRODUCTS; i++) {
      product = tf.linalg.matMul(product, input);
    }
    tf.withName(OUTPUT).reduceSum(product, tf.array(0, 1));
    return graph;
  }
}
