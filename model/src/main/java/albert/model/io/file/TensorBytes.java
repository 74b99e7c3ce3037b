package albert.model.io.file;

import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor's values as little-endian bytes, in chunks of bounded size. */
public final class TensorBytes {
  private static final int CHUNK_VALUES = 1 << 18;

  private TensorBytes() {}

  /** Takes bytes. */
  public interface Taker {
    /** Takes what is left in the buffer, which is used again. */
    void take(ByteBuffer chunk) throws IOException;
  }

  /** Hands all values of a tensor over, in their order. */
  public static void forEach(HostTensor tensor, Taker taker) throws IOException {
    ByteBuffer chunk =
        ByteBuffer.allocate(Math.min(CHUNK_VALUES, tensor.size()) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < tensor.size(); at += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, tensor.size() - at);
      chunk.clear().limit(count * Integer.BYTES);
      if (tensor instanceof FloatTensor floats) {
        chunk.asFloatBuffer().put(floats.values(), at, count);
      } else if (tensor instanceof IntTensor ints) {
        chunk.asIntBuffer().put(ints.values(), at, count);
      }
      taker.take(chunk);
    }
  }
}
