package albert.model.graph;

import java.util.List;
import java.util.Locale;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Gradients written by hand. A function that has one ends in an {@code IdentityN} node named after
 * it, whose inputs are: the function's value, then the inputs that get a gradient, then values
 * saved for it. {@link GraphRewrite} takes these nodes out of the graph that runs.
 */
enum HandGradient {
  /** Layer norm: inputs x, γ, β; saved: x̂ = (x - μ) / σ and 1 / σ. */
  LAYER_NORM {
    @Override
    List<Operand<?>> apply(Ops tf, GraphOperation node, Operand<TFloat32> dy) {
      Operand<TFloat32> gamma = input(node, 2);
      Operand<TFloat32> normalised = input(node, 4);
      Operand<TFloat32> inverse = input(node, 5);
      Operand<TFloat32> weighted = tf.math.mul(dy, normalised);
      Operand<TFloat32> dxHat = tf.math.mul(dy, gamma);
      Operand<TFloat32> along = meanOfLast(tf, tf.math.mul(weighted, gamma));
      Operand<TFloat32> across =
          tf.math.sub(tf.math.sub(dxHat, meanOfLast(tf, dxHat)), tf.math.mul(normalised, along));
      Operand<TFloat32> dx = tf.math.mul(across, inverse);
      return List.of(none(tf), dx, sumOfRows(tf, weighted), sumOfRows(tf, dy), none(tf), none(tf));
    }
  },

  /** Exact GELU: input x; saved: u = x / √2 and Φ(x). The density is {@code exp(ln c - u²)}. */
  GELU {
    @Override
    List<Operand<?>> apply(Ops tf, GraphOperation node, Operand<TFloat32> dy) {
      Operand<TFloat32> x = input(node, 1);
      Operand<TFloat32> u = input(node, 2);
      Operand<TFloat32> cdf = input(node, 3);
      Operand<TFloat32> logDensity =
          tf.math.sub(tf.constant((float) (-0.5 * Math.log(2 * Math.PI))), tf.math.square(u));
      Operand<TFloat32> density = new Kernels(tf).unchained(tf.math.exp(logDensity));
      Operand<TFloat32> slope = add(tf, cdf, tf.math.mul(x, density));
      return List.of(none(tf), tf.math.mul(dy, slope), none(tf), none(tf));
    }
  },

  /**
   * Tanh GELU as {@code y = x s}, {@code s = sigmoid(x p)}, {@code p = a + b x²}: input x; saved:
   * y, s, p. With {@code 3 p - 2 a = a + 3 b x²} the derivative is {@code s + y (1 - s) (3 p - 2
   * a)}.
   */
  GELU_NEW {
    @Override
    List<Operand<?>> apply(Ops tf, GraphOperation node, Operand<TFloat32> dy) {
      Operand<TFloat32> y = input(node, 2);
      Operand<TFloat32> gate = input(node, 3);
      Operand<TFloat32> p = input(node, 4);
      Operand<TFloat32> inner =
          tf.math.sub(
              tf.math.mul(p, tf.constant(3f)), tf.constant((float) (4 * Math.sqrt(2 / Math.PI))));
      Operand<TFloat32> rise =
          tf.math.mul(tf.math.mul(y, tf.math.sub(tf.constant(1f), gate)), inner);
      return List.of(none(tf), tf.math.mul(dy, add(tf, gate, rise)), none(tf), none(tf), none(tf));
    }
  };

  private static final String PREFIX = "hand_gradient_";

  /** One gradient for each input of the node; {@link #none} where there is none. */
  abstract List<Operand<?>> apply(Ops tf, GraphOperation node, Operand<TFloat32> dy);

  /** What a node with this gradient is called, before TensorFlow makes the name unique. */
  String nodeName() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  /** Whether a node was made by {@link Primitives}, by its name. */
  static boolean names(String node) {
    return node.startsWith(PREFIX, node.lastIndexOf('/') + 1);
  }

  /** The gradient of a node, by its name. */
  static HandGradient of(String node) {
    String base = node.substring(node.lastIndexOf('/') + 1).replaceFirst("_\\d+$", "");
    return valueOf(base.substring(PREFIX.length()).toUpperCase(Locale.ROOT));
  }

  @SuppressWarnings("unchecked") // the nodes hold float32 only
  private static Operand<TFloat32> input(GraphOperation node, int index) {
    return (Operand<TFloat32>) (Output<?>) node.input(index);
  }

  /** Stands for "no gradient", which the interface can't say; nothing reads it. */
  private static Operand<?> none(Ops tf) {
    return tf.constant(0f);
  }

  private static Operand<TFloat32> add(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    return new Kernels(tf).add(x, y);
  }

  private static Operand<TFloat32> meanOfLast(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(new int[] {-1}), Mean.keepDims(true));
  }

  private static Operand<TFloat32> sumOfRows(Ops tf, Operand<TFloat32> x) {
    return tf.nn.biasAddGrad(x);
  }
}
