package albert.model.head;

import albert.model.graph.Initializer;
import albert.model.layer.Building;
import albert.model.layer.EncoderOutput;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The last layer of a head, in float32 whatever the precision of other products: what a head
 * reports, and its loss, is not rounded to a shorter type.
 */
final class OutputLayer {
  private OutputLayer() {}

  /**
   * The logits {@code x Wᵀ + b}, with W [outputs, H] as Google's code stores it.
   *
   * @param x float32 [n, H]
   * @return float32 [n, outputs]
   */
  static Operand<TFloat32> logits(
      Building building, Operand<TFloat32> x, int outputs, String weights, String bias) {
    Operand<TFloat32> w =
        building.weights().get(weights, building.normal(), outputs, building.config().hiddenSize());
    Operand<TFloat32> b = building.weights().get(bias, Initializer.zeros(), outputs);
    return building.kernels().biasAdd(building.kernels().float32MatMul(x, w, true), b);
  }

  /**
   * The logits of the pooled output, with the variables that classification, regression and
   * multiple choice have in common.
   *
   * @return float32 [batch, outputs]
   */
  static Operand<TFloat32> ofPooled(Building building, EncoderOutput encoder, int outputs) {
    Operand<TFloat32> pooled =
        building.dropout().apply(encoder.pooled(), building.config().classifierDropoutProb());
    return logits(building, pooled, outputs, "output_weights", "output_bias");
  }

  /**
   * One number a row, {@code x W + b}, from the variables {@code name/kernel} [in, 1] and {@code
   * name/bias}.
   *
   * @param x float32 [n, in]
   * @return float32 [n, 1]
   */
  static Operand<TFloat32> number(Building building, String name, Operand<TFloat32> x, int in) {
    Operand<TFloat32> bias = building.weights().get(name + "/bias", Initializer.zeros(), 1);
    return building.kernels().biasAdd(numberWithoutBias(building, name, x, in), bias);
  }

  /** As {@link #number}, without a bias. */
  static Operand<TFloat32> numberWithoutBias(
      Building building, String name, Operand<TFloat32> x, int in) {
    Operand<TFloat32> kernel = building.weights().get(name + "/kernel", building.normal(), in, 1);
    return building.kernels().float32MatMul(x, kernel, false);
  }
}
