package albert.model.io.tensorbundle;

import albert.model.io.file.FormatProblem;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * How a bundle holds a text (tensorflow/core/util/tensor_bundle, {@code WriteStringTensor}): its
 * length as a varint, the checksum of the length as four bytes, and the text. The entry's checksum
 * is of the length as four bytes and of what follows.
 */
final class StringTensor {
  private StringTensor() {}

  /**
   * The one text of a scalar.
   *
   * @param crc the entry's checksum
   * @throws FormatProblem if it is not sound
   */
  static byte[] scalar(ByteBuffer bytes, int crc) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes.duplicate());
    long length = in.readRawVarint64();
    int begin = in.getTotalBytesRead() + Integer.BYTES;
    if (length < 0 || length != bytes.limit() - begin) {
      throw new FormatProblem("a text has another length than its entry says");
    }
    CRC32C sum = new CRC32C();
    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    sum.update(number.putInt((int) length).flip());
    boolean sound = Crc.masked(sum) == bytes.getInt(begin - Integer.BYTES);
    sum.update(bytes.slice(begin - Integer.BYTES, Integer.BYTES + (int) length));
    if (!sound || Crc.masked(sum) != crc) {
      throw new FormatProblem("the checksum of a text is wrong");
    }
    byte[] text = new byte[(int) length];
    bytes.get(begin, text);
    return text;
  }
}
