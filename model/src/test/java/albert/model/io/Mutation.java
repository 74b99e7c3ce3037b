package albert.model.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Breaks bytes as transfers, disks and enemies do, most often near the beginning. */
final class Mutation {
  private static final long[] NUMBERS = {
    0, -1, 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 60, 1L << 32, 1L << 31, 0x7fffffffL
  };

  private Mutation() {}

  static byte[] of(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && bytes.length > 0; i++) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, SplittableRandom random) {
    int reach = random.nextInt(3) == 0 ? bytes.length : Math.min(bytes.length, 6_000);
    int at = random.nextInt(reach);
    return switch (random.nextInt(8)) {
      case 0 -> set(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
      case 1 -> set(bytes, at, (byte) random.nextInt(256));
      case 2 -> splice(bytes, at, bytes.length, new byte[0]);
      case 3 -> splice(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(40)), new byte[0]);
      case 4 -> splice(bytes, at, at, slice(bytes, random.nextInt(reach), 1 + random.nextInt(40)));
      case 5 -> splice(bytes, at, Math.min(bytes.length, at + 8), number(random));
      case 6 -> digits(bytes, at, random);
      default -> splice(bytes, bytes.length, bytes.length, new byte[1 + random.nextInt(9)]);
    };
  }

  private static byte[] set(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  /** Changes the next digits of a text. */
  private static byte[] digits(byte[] bytes, int at, SplittableRandom random) {
    int changes = 1 + random.nextInt(3);
    for (int i = at; i < bytes.length && changes > 0; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = (byte) (random.nextInt(4) == 0 ? '-' : '0' + random.nextInt(10));
        changes--;
      }
    }
    return bytes;
  }

  private static byte[] number(SplittableRandom random) {
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(NUMBERS[random.nextInt(NUMBERS.length)])
        .array();
  }

  private static byte[] slice(byte[] bytes, int at, int length) {
    return Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length));
  }

  private static byte[] splice(byte[] bytes, int begin, int end, byte[] between) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + between.length);
    out.write(bytes, 0, begin);
    out.writeBytes(between);
    out.write(bytes, end, bytes.length - end);
    return out.toByteArray();
  }
}
