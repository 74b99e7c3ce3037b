package albert.model.io.file;

import java.util.Arrays;
import java.util.Locale;

/**
 * Where a tensor lies in a file. One that exists fits: its bytes are those that shape and type ask
 * for, and its values fit one Java array.
 *
 * @param name the tensor's name in the file
 * @param dtype type of its values
 * @param shape dimensions, outermost first; owned
 * @param begin offset of its first byte in the file
 * @param end offset behind its last byte
 */
@SuppressWarnings("ArrayRecordComponent") // a description, never compared
public record TensorEntry(String name, Dtype dtype, long[] shape, long begin, long end) {
  // some virtual machines reserve a few elements of the longest array
  private static final long MOST_VALUES = Integer.MAX_VALUE - 8;

  /**
   * Checks that the numbers agree.
   *
   * @throws IllegalArgumentException in words that complete a sentence about the file
   */
  public TensorEntry {
    long values = 1;
    boolean empty = Arrays.stream(shape).anyMatch(dimension -> dimension == 0);
    for (long dimension : shape) {
      if (dimension < 0) {
        throw problem(name, "has a negative dimension in " + Arrays.toString(shape));
      }
      if (!empty && dimension > MOST_VALUES / values) {
        throw problem(
            name,
            String.format(
                Locale.ROOT,
                "of shape %s is too large, allowed are %d values",
                Arrays.toString(shape),
                MOST_VALUES));
      }
      values *= dimension;
    }
    if (begin < 0 || end < begin || end - begin != values * dtype.bytes()) {
      throw problem(
          name,
          String.format(
              Locale.ROOT,
              "%s %s takes %d bytes, but has the bytes from %d to %d",
              dtype,
              Arrays.toString(shape),
              values * dtype.bytes(),
              begin,
              end));
    }
  }

  /** How many values it has. */
  public int size() {
    return (int) ((end - begin) / dtype.bytes());
  }

  private static IllegalArgumentException problem(String name, String what) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "tensor %s %s", ModelFileException.quote(name), what));
  }
}
