package albert.model.head;

import albert.model.graph.Initializer;
import albert.model.layer.Building;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The last layer of a head: {@code x Wᵀ + b}, with W [outputs, H] as Google's code stores it. */
final class OutputLayer {
  private OutputLayer() {}

  /**
   * The logits.
   *
   * @param x float32 [n, H]
   * @return float32 [n, outputs]
   */
  static Operand<TFloat32> logits(
      Building building, Operand<TFloat32> x, int outputs, String weights, String bias) {
    Operand<TFloat32> w =
        building.weights().get(weights, building.normal(), outputs, building.config().hiddenSize());
    Operand<TFloat32> b = building.weights().get(bias, Initializer.zeros(), outputs);
    return building.kernels().biasAdd(building.kernels().matMulTransposed(x, w), b);
  }
}
