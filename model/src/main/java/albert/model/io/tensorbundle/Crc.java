package albert.model.io.tensorbundle;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC-32C as LevelDB and TensorFlow store it: rotated and moved, since data may hold CRCs itself.
 * TensorFlow-Java has no method for it; files of records ({@code TfRecords} of the data sets, a
 * module that does not know this one) have it too.
 */
final class Crc {
  private static final int DELTA = 0xa282ead8;

  private Crc() {}

  /** The masked checksum of what is left in the buffer, which is not changed. */
  static int masked(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return masked(crc);
  }

  static int masked(CRC32C crc) {
    return Integer.rotateRight((int) crc.getValue(), 15) + DELTA;
  }
}
