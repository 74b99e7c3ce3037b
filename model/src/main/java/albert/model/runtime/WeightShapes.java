package albert.model.runtime;

import albert.model.tensor.FloatTensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Shapes of a model's weights, and what does not fit them. */
final class WeightShapes {
  private WeightShapes() {}

  /**
   * Checks a value for a weight.
   *
   * @param shapes of all weights, by name
   * @throws IllegalArgumentException if there is none of that name, or its shape is another
   */
  static void require(Map<String, long[]> shapes, String name, FloatTensor value) {
    long[] shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("the model has no weights " + name);
    }
    if (!Arrays.equals(shape, value.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has shape %s, given is %s",
              name,
              Arrays.toString(shape),
              Arrays.toString(value.shape())));
    }
  }
}
