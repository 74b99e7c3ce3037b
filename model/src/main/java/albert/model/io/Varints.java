package albert.model.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Base-128 numbers as LevelDB's tables have them. */
final class Varints {
  private static final int MOST_BYTES = 10;

  private Varints() {}

  /** Reads a number that fits 63 bits. */
  static long read(ByteBuffer from) {
    long value = 0;
    for (int i = 0; i < MOST_BYTES - 1; i++) {
      if (!from.hasRemaining()) {
        throw new FormatProblem("a number is cut short");
      }
      byte next = from.get();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new FormatProblem("a number has more than 63 bits");
  }

  /** Reads a number of at most {@code most}. */
  static int read(ByteBuffer from, int most, String what) {
    long value = read(from);
    if (value > most) {
      throw new FormatProblem(
          String.format(Locale.ROOT, "%s is %d, at most %d is possible", what, value, most));
    }
    return (int) value;
  }

  /** Writes a number that is not negative. */
  static void write(ByteArrayOutputStream to, long value) {
    long rest = value;
    while (rest > 0x7f) {
      to.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    to.write((int) rest);
  }
}
