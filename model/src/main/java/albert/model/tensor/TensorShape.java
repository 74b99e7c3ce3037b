package albert.model.tensor;

import java.util.Arrays;
import java.util.Locale;

/** The one rule that shape and values of a tensor keep. */
final class TensorShape {
  private TensorShape() {}

  /** Returns a copy of the shape, whose product has to be the number of values. */
  static long[] checked(long[] shape, int values) {
    long product = 1;
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(shape));
      }
      // saturates: no array is that long, so the comparison below fails as it should
      product = dimension == 0 ? 0 : Math.min(product, Long.MAX_VALUE / dimension) * dimension;
    }
    if (product != values) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "shape %s does not fit %d values", Arrays.toString(shape), values));
    }
    return shape.clone();
  }
}
