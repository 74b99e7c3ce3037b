package albert.model.layer;

import albert.model.config.DenseName;
import albert.model.config.EncoderConfig;
import albert.model.config.LayerDelta;
import albert.model.graph.Initializer;
import albert.model.graph.Kernels;
import albert.model.graph.Primitives;
import albert.model.graph.WeightSource;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What every layer and head needs to build itself.
 *
 * @param config the architecture
 * @param kernels the operations
 * @param primitives layer norm and activations
 * @param weights where weights come from
 * @param dropout what is dropped
 * @param parts how many parts of a batch the encoder computes side by side
 * @param replica which of several replicas it is
 */
public record Building(
    EncoderConfig config,
    Kernels kernels,
    Primitives primitives,
    WeightSource weights,
    Dropout dropout,
    int parts,
    Replica replica) {

  /**
   * For training, with dropout and gradients by hand.
   *
   * @param parts how many parts of a batch the encoder computes side by side
   */
  public static Building training(Ops tf, EncoderConfig config, WeightSource weights, int parts) {
    return training(tf, config, weights, parts, Replica.ALONE);
  }

  /**
   * For training one of several replicas.
   *
   * @param parts how many parts of a batch the encoder computes side by side; of several replicas,
   *     1
   */
  public static Building training(
      Ops tf, EncoderConfig config, WeightSource weights, int parts, Replica replica) {
    Kernels kernels = new Kernels(tf);
    return new Building(
        config,
        kernels,
        new Primitives(kernels, true),
        weights,
        Dropout.training(kernels, replica.rows()),
        parts,
        replica);
  }

  /** For inference: nothing is dropped and no gradient can be asked for. */
  public static Building inference(Ops tf, EncoderConfig config, WeightSource weights) {
    return inference(tf, config, weights, 1);
  }

  /**
   * For inference.
   *
   * @param parts how many parts of a batch the encoder computes side by side
   */
  public static Building inference(Ops tf, EncoderConfig config, WeightSource weights, int parts) {
    Kernels kernels = new Kernels(tf);
    return new Building(
        config,
        kernels,
        new Primitives(kernels, false),
        weights,
        Dropout.none(kernels),
        parts,
        Replica.ALONE);
  }

  /** Whether gradients will be asked for. */
  boolean training() {
    return primitives.training();
  }

  /** The generated API. */
  public Ops tf() {
    return kernels.tf();
  }

  /**
   * A dense layer {@code x W + b} with the variables {@code name/kernel} and {@code name/bias}.
   *
   * @param x float32 [n, in]
   * @return float32 [n, out]
   */
  public Operand<TFloat32> dense(String name, Operand<TFloat32> x, int in, int out) {
    Operand<TFloat32> kernel = weights.get(name + "/kernel", normal(), in, out);
    Operand<TFloat32> bias = weights.get(name + "/bias", Initializer.zeros(), out);
    return kernels.biasAdd(kernels.matMul(x, kernel), bias);
  }

  /**
   * A dense layer of a block: {@code x (W + A B) + b} where its layer adds to the kernel.
   *
   * @param x float32 [n, in]
   * @return float32 [n, out]
   */
  public Operand<TFloat32> dense(DenseName layer, Operand<TFloat32> x, int in, int out) {
    Operand<TFloat32> shared = dense(layer.name(), x, in, out);
    String delta = layer.delta();
    return delta == null ? shared : kernels.add(shared, delta(delta, 1, x, in, out));
  }

  /** {@code x A B}, times a factor. */
  private Operand<TFloat32> delta(
      String name, double factor, Operand<TFloat32> x, int in, int out) {
    int rank = config.layerDeltaRank();
    Operand<TFloat32> a = weights.get(name + LayerDelta.A, normal(), in, rank);
    Operand<TFloat32> b = weights.get(name + LayerDelta.B, Initializer.zeros(), rank, out);
    return kernels.matMul(kernels.matMul(x, a), kernels.scale(b, factor));
  }

  /**
   * A dense layer, its output multiplied by a number.
   *
   * @param layer its names
   * @param factor the number
   */
  public record Scaled(DenseName layer, double factor) {}

  /**
   * Several dense layers of one input as one product, which is faster than one for each where the
   * input has few rows; all of them have deltas, or none. Kernels and biases are multiplied by the
   * factors, being smaller than the output.
   *
   * @param layers the layers
   * @param x float32 [n, in]
   * @param out outputs of each layer
   * @return float32 [n, layers · out], the layers side by side
   */
  public Operand<TFloat32> dense(List<Scaled> layers, Operand<TFloat32> x, int in, int out) {
    List<Operand<TFloat32>> kernelsOfAll = new ArrayList<>();
    List<Operand<TFloat32>> biases = new ArrayList<>();
    List<Operand<TFloat32>> deltas = new ArrayList<>();
    for (Scaled layer : layers) {
      String name = layer.layer().name();
      Operand<TFloat32> kernel = weights.get(name + "/kernel", normal(), in, out);
      Operand<TFloat32> bias = weights.get(name + "/bias", Initializer.zeros(), out);
      kernelsOfAll.add(kernels.scale(kernel, layer.factor()));
      biases.add(kernels.scale(bias, layer.factor()));
      String delta = layer.layer().delta();
      if (delta != null) {
        deltas.add(delta(delta, layer.factor(), x, in, out));
      }
    }
    Operand<TFloat32> shared =
        kernels.biasAdd(kernels.matMul(x, sideBySide(kernelsOfAll, 1)), sideBySide(biases, 0));
    return deltas.isEmpty() ? shared : kernels.add(shared, sideBySide(deltas, 1));
  }

  private Operand<TFloat32> sideBySide(List<Operand<TFloat32>> parts, int axis) {
    return parts.size() == 1 ? parts.get(0) : tf().concat(parts, tf().constant(axis));
  }

  /**
   * A layer norm with the variables {@code name/gamma} and {@code name/beta}.
   *
   * @param x float32 [n, width]
   * @return float32 [n, width]
   */
  public Operand<TFloat32> layerNorm(String name, Operand<TFloat32> x, int width) {
    Operand<TFloat32> gamma = weights.get(name + "/gamma", Initializer.ones(), width);
    Operand<TFloat32> beta = weights.get(name + "/beta", Initializer.zeros(), width);
    return primitives.layerNorm(x, gamma, beta, config.layerNormEps());
  }

  /**
   * The mean over the whole batch: of a replica, what its values contribute to it.
   *
   * @param x float32
   * @param axes all of x's dimensions
   * @return float32 []
   */
  public Operand<TFloat32> mean(Operand<TFloat32> x, int... axes) {
    Ops tf = tf();
    if (replica.isAlone()) {
      return tf.math.mean(x, kernels.ints(axes));
    }
    Operand<TFloat32> count = tf.dtypes.cast(tf.size(x), TFloat32.class);
    return tf.math.div(tf.sum(x, kernels.ints(axes)), replica.total(count));
  }

  /** What kernels and embeddings start from. */
  public Initializer normal() {
    return new Initializer.TruncatedNormal(config.initializerRange());
  }
}
