package albert.experiments.pretrained;

import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 over what a checkpoint is made of. */
final class Sha256 {

  private static final int CHUNK = 1 << 16;

  private Sha256() {}

  /** Over a text in UTF-8. */
  static String of(String text) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Over all bytes of a stream. */
  static String of(InputStream in) throws IOException {
    MessageDigest digest = digest();
    in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Over every variable in the order of the names: a line with name and shape, then the values as
   * little-endian floats.
   */
  static String of(Map<String, FloatTensor> weights) {
    MessageDigest digest = digest();
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    new TreeMap<>(weights)
        .forEach(
            (name, tensor) -> {
              String line = name + " " + Arrays.toString(tensor.shape()) + "\n";
              digest.update(line.getBytes(StandardCharsets.UTF_8));
              float[] values = tensor.values();
              for (int from = 0; from < values.length; from += CHUNK) {
                int length = Math.min(CHUNK, values.length - from);
                bytes.clear().asFloatBuffer().put(values, from, length);
                digest.update(bytes.limit(length * Float.BYTES));
              }
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
