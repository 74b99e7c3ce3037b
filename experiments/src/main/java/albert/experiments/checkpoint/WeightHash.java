package albert.experiments.checkpoint;

import albert.evaluation.record.Sha256;
import albert.model.tensor.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 over the weights of a model, or other tensors by name. */
public final class WeightHash {

  private static final int CHUNK = 1 << 16;

  private WeightHash() {}

  /**
   * Over every variable in the order of the names: a line with name and shape, then the values as
   * little-endian floats.
   */
  public static String of(Map<String, FloatTensor> weights) {
    MessageDigest digest = Sha256.digest();
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
    return Sha256.hex(digest);
  }
}
