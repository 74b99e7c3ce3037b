package albert.model.graph;

import albert.model.config.HiddenAct;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The functions between the matrix products: layer norm and the activations. For inference they are
 * plain operations in the shape that TensorFlow's fusions look for; for training they carry a
 * gradient written by hand, {@link HandGradient}, which needs a third of the operations of the
 * derived one. The activations of TensorFlow-Java's framework have the same values, and neither.
 */
public final class Primitives {
  private final Kernels kernels;
  private final Ops tf;
  private final boolean training;

  /**
   * @param kernels where to build
   * @param training whether gradients will be asked for
   */
  public Primitives(Kernels kernels, boolean training) {
    this.kernels = kernels;
    this.tf = kernels.tf();
    this.training = training;
  }

  /** Whether gradients will be asked for. */
  public boolean training() {
    return training;
  }

  /**
   * Layer norm over the last dimension (arXiv 1607.06450) with the biased variance: {@code (x - μ)
   * / √(σ² + ε) γ + β}.
   *
   * @param x float32 [n, h]
   * @param gamma float32 [h]
   * @param beta float32 [h]
   * @param epsilon ε
   * @return float32 [n, h]
   */
  public Operand<TFloat32> layerNorm(
      Operand<TFloat32> x, Operand<TFloat32> gamma, Operand<TFloat32> beta, double epsilon) {
    Operand<TFloat32> centred = tf.math.sub(x, kernels.meanOfLast(x));
    Operand<TFloat32> variance = kernels.meanOfLast(tf.math.square(centred));
    Operand<TFloat32> inverse = tf.math.rsqrt(kernels.add(variance, kernels.constant(epsilon)));
    Operand<TFloat32> normalised = tf.math.mul(centred, inverse);
    Operand<TFloat32> y = kernels.add(tf.math.mul(normalised, gamma), beta);
    return training
        ? withGradient(
            HandGradient.LAYER_NORM, y, List.of(x, gamma, beta), List.of(normalised, inverse))
        : y;
  }

  /**
   * {@code x} unchanged, whose rows get a gradient only where {@code learns} is 1.
   *
   * @param x float32 [batch, seq, width]
   * @param learns float32 [batch, seq, 1], 1 or 0
   * @return float32 [batch, seq, width]
   */
  public Operand<TFloat32> learnOnly(Operand<TFloat32> x, Operand<TFloat32> learns) {
    if (!training) {
      return x;
    }
    Operand<TFloat32> rest = tf.math.mul(x, tf.math.sub(kernels.constant(1), learns));
    return kernels.add(tf.math.mul(x, learns), tf.stopGradient(rest));
  }

  /**
   * The activation.
   *
   * @param x float32, any shape
   * @return float32 of the same shape
   */
  public Operand<TFloat32> activation(HiddenAct act, Operand<TFloat32> x) {
    return switch (act) {
      case RELU -> tf.nn.relu(x);
      case GELU -> training ? trainedGelu(x) : gelu(x);
      case GELU_NEW -> training ? trainedGeluNew(x) : geluNew(x);
    };
  }

  private Operand<TFloat32> gelu(Operand<TFloat32> x) {
    Operand<TFloat32> erf = tf.math.erf(kernels.scale(x, Math.sqrt(0.5)));
    return tf.math.mul(kernels.scale(x, 0.5), kernels.add(erf, kernels.constant(1)));
  }

  private Operand<TFloat32> geluNew(Operand<TFloat32> x) {
    Operand<TFloat32> cube = tf.math.pow(x, kernels.constant(3));
    Operand<TFloat32> inner =
        kernels.scale(kernels.add(x, kernels.scale(cube, 0.044715)), Math.sqrt(2 / Math.PI));
    return tf.math.mul(
        kernels.scale(x, 0.5), kernels.add(tf.math.tanh(inner), kernels.constant(1)));
  }

  private Operand<TFloat32> trainedGelu(Operand<TFloat32> x) {
    Operand<TFloat32> u = kernels.scale(x, Math.sqrt(0.5));
    Operand<TFloat32> cdf = kernels.scale(kernels.add(tf.math.erf(u), kernels.constant(1)), 0.5);
    Operand<TFloat32> y = tf.math.mul(x, cdf);
    return withGradient(HandGradient.GELU, y, List.of(x), List.of(u, cdf));
  }

  /** {@code 0.5 (1 + tanh u) = sigmoid(2 u)}, which saves two passes over x. */
  private Operand<TFloat32> trainedGeluNew(Operand<TFloat32> x) {
    double linear = 2 * Math.sqrt(2 / Math.PI);
    Operand<TFloat32> slope =
        kernels.add(kernels.scale(tf.math.square(x), 0.044715 * linear), kernels.constant(linear));
    Operand<TFloat32> gate = tf.math.sigmoid(tf.math.mul(x, slope));
    Operand<TFloat32> y = tf.math.mul(x, gate);
    return withGradient(HandGradient.GELU_NEW, y, List.of(x), List.of(y, gate, slope));
  }

  /**
   * {@code y}, whose gradient with respect to {@code inputs} is what {@code gradient} computes from
   * {@code inputs} and {@code saved}.
   */
  private Operand<TFloat32> withGradient(
      HandGradient gradient,
      Operand<TFloat32> y,
      List<Operand<TFloat32>> inputs,
      List<Operand<TFloat32>> saved) {
    List<Operand<?>> all = new ArrayList<>();
    all.add(tf.stopGradient(y));
    all.addAll(inputs);
    saved.forEach(value -> all.add(tf.stopGradient(value)));
    @SuppressWarnings("unchecked") // the first output has the type of the first input
    Operand<TFloat32> output =
        (Operand<TFloat32>) tf.withName(gradient.nodeName()).identityN(all).output().get(0);
    return output;
  }
}
