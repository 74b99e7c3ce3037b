package albert.model.compress;

import albert.model.compress.LayerWeights.Half;
import albert.model.config.EncoderConfig;
import albert.model.config.LayerDelta;
import albert.model.io.LayerDeltas;
import albert.model.io.LoadedModel;
import albert.model.runtime.GraphSession;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Deltas that bring merged kernels back near those of each layer: the truncated singular value
 * decomposition of what the merge lost, as relaxed recursive transformers begin (arXiv 2410.20672),
 * found by subspace iteration (Halko, Martinsson, Tropp 2011, algorithm 4.4). A has orthonormal
 * columns, B has the rest.
 */
final class LayerDeltaFit implements AutoCloseable {
  private static final int ITERATIONS = 6;
  private static final int SEED = 1;

  private final GraphSession session;

  private LayerDeltaFit(RuntimeOptions options) {
    try (Graph graph = new Graph()) {
      build(Ops.create(graph));
      session = new GraphSession(graph.toGraphDef(), options.resolve());
    }
  }

  /**
   * The deltas of a model.
   *
   * @param source without deltas, with the kernels of each layer
   * @param target the model with deltas
   * @param merged its shared weights
   * @return variables by name; none if the target has no deltas
   */
  static Map<String, FloatTensor> of(
      LoadedModel source,
      EncoderConfig target,
      Map<String, FloatTensor> merged,
      RuntimeOptions options) {
    Map<String, FloatTensor> deltas = new TreeMap<>();
    if (LayerDelta.of(target).isEmpty()) {
      return deltas;
    }
    try (LayerDeltaFit fit = new LayerDeltaFit(options)) {
      for (int layer = 0; layer < target.numHiddenLayers(); layer++) {
        for (int inner = 0; inner < target.innerGroupNum(); inner++) {
          for (LayerDelta delta : LayerDelta.of(target)) {
            FloatTensor lost =
                minus(
                    kernel(source.config(), source.weights(), delta, layer, inner),
                    kernel(target, merged, delta, layer, inner));
            String name = delta.name(layer, inner);
            List<FloatTensor> factors = fit.factors(lost, target.layerDeltaRank());
            deltas.put(name + LayerDelta.A, factors.get(0));
            deltas.put(name + LayerDelta.B, factors.get(1));
          }
        }
      }
    }
    return deltas;
  }

  @Override
  public void close() {
    session.close();
  }

  private static FloatTensor kernel(
      EncoderConfig config,
      Map<String, FloatTensor> weights,
      LayerDelta delta,
      int layer,
      int inner) {
    Half half = delta.isAttention() ? Half.ATTENTION : Half.FFN;
    return LayerWeights.of(config, weights, half, layer, inner).get(LayerDeltas.kernel(delta));
  }

  private static FloatTensor minus(FloatTensor x, FloatTensor y) {
    float[] values = x.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] -= y.values()[i];
    }
    return FloatTensor.of(values, x.shape());
  }

  /** A and B for a float32 [in, out]. */
  private List<FloatTensor> factors(FloatTensor lost, int rank) {
    int columns = (int) lost.shape()[1];
    Random random = new Random(SEED);
    float[] start = new float[columns * rank];
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) random.nextGaussian();
    }
    return session
        .call()
        .feed(Map.of("lost", lost, "start", FloatTensor.of(start, columns, rank)))
        .fetch(List.of("a", "b"));
  }

  private static void build(Ops tf) {
    Placeholder.Options any = Placeholder.shape(Shape.of(-1, -1));
    Operand<TFloat32> lost = tf.withName("lost").placeholder(TFloat32.class, any);
    Operand<TFloat32> right = tf.withName("start").placeholder(TFloat32.class, any);
    Operand<TFloat32> left = tf.linalg.qr(tf.linalg.matMul(lost, right)).q();
    for (int i = 0; i < ITERATIONS; i++) {
      right = tf.linalg.qr(tf.linalg.matMul(lost, left, MatMul.transposeA(true))).q();
      left = tf.linalg.qr(tf.linalg.matMul(lost, right)).q();
    }
    tf.withName("a").identity(left);
    tf.withName("b").linalg.matMul(left, lost, MatMul.transposeA(true));
  }
}
