package albert.model.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Where layers get their weights. A layer asks by the published checkpoint's name; asking twice for
 * one name gives the same weights, and that is all there is to sharing.
 */
public interface WeightSource {
  /**
   * The weights of that name, created at the first request.
   *
   * @param name as in the published checkpoints, for example {@code bert/pooler/dense/kernel}
   * @param initializer what they start from where they are created
   * @param shape their shape; a second request must give the same
   * @return float32 of that shape
   */
  Operand<TFloat32> get(String name, Initializer initializer, long... shape);
}
