package albert.model.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A dense tensor of float32 values.
 *
 * <p>The arrays are owned: who builds a tensor hands its values over, who takes them out does not
 * change them. Two tensors are equal if shapes and values are, as {@link Arrays} compares them.
 *
 * @param shape dimensions, outermost first, empty for a scalar
 * @param values float32 values in row-major order, as many as the product of the dimensions
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined below, ownership above
public record FloatTensor(long[] shape, float[] values) implements HostTensor {

  private static final int EXPONENT = 0x7f80_0000;
  private static final int LOWEST_EXPONENT_BIT = 0x0080_0000;
  // small enough that a tile of both sides of a transposition stays in the first cache
  private static final int TILE = 32;

  /**
   * Copies the shape and takes over the values.
   *
   * @throws IllegalArgumentException if the shape's product is not the number of values
   */
  public FloatTensor {
    shape = TensorShape.checked(shape, values.length);
  }

  /** A tensor of these values; without a shape, of one value, a scalar. */
  public static FloatTensor of(float[] values, long... shape) {
    return new FloatTensor(shape, values);
  }

  @Override
  public int size() {
    return values.length;
  }

  /** How many values are infinite or not a number. */
  public int nonFinite() {
    return isFinite(values, 0, values.length)
        ? 0
        : (int) IntStream.range(0, values.length).filter(i -> !Float.isFinite(values[i])).count();
  }

  /**
   * Whether none of some values is infinite or not a number.
   *
   * @param from the first
   * @param to the one after the last
   */
  public static boolean isFinite(float[] values, int from, int to) {
    int any = 0;
    for (int i = from; i < to; i++) {
      // an exponent of ones, and no other, carries into the sign
      any |= (Float.floatToRawIntBits(values[i]) & EXPONENT) + LOWEST_EXPONENT_BIT;
    }
    return any >= 0;
  }

  /**
   * The index of the largest of some values, of equal ones the first.
   *
   * @param from the first
   * @param to the one after the last, above {@code from}
   */
  public static int largest(float[] values, int from, int to) {
    int largest = from;
    for (int i = from + 1; i < to; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }

  /** The transpose, [columns, rows], of a matrix [rows, columns]. */
  public FloatTensor transposed() {
    int rows = (int) shape[0];
    int columns = (int) shape[1];
    float[] to = new float[values.length];
    for (int top = 0; top < rows; top += TILE) {
      for (int left = 0; left < columns; left += TILE) {
        for (int row = top; row < Math.min(rows, top + TILE); row++) {
          for (int column = left; column < Math.min(columns, left + TILE); column++) {
            to[column * rows + row] = values[row * columns + column];
          }
        }
      }
    }
    return of(to, columns, rows);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatTensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  /** Type and shape; the values are many. */
  @Override
  public String toString() {
    return "float32 " + Arrays.toString(shape);
  }
}
