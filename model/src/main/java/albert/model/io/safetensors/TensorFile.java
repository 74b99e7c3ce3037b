package albert.model.io.safetensors;

import albert.model.io.file.Dtype;
import albert.model.io.file.WholeFile;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A safetensors file of float32 tensors that is filled piece by piece, so that tensors larger than
 * memory can be written. What is not written is 0. The file is whole or not there.
 */
public final class TensorFile {
  /** Fills the file. */
  public interface Content {
    /**
     * Writes what there is.
     *
     * @throws IOException to give up: then nothing is left
     */
    void writeTo(TensorFile file) throws IOException;
  }

  private final FileChannel channel;
  private final Map<String, long[]> shapes;
  private final Map<String, Long> offsets = new LinkedHashMap<>();

  private TensorFile(FileChannel channel, Map<String, long[]> shapes, long dataStart) {
    this.channel = channel;
    this.shapes = shapes;
    long offset = dataStart;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      offsets.put(entry.getKey(), offset);
      offset += bytes(entry.getValue());
    }
  }

  /**
   * Writes a file.
   *
   * @param shapes of the tensors by name, in the file's order
   * @throws IOException if it can't be written; what was there before is then untouched
   */
  public static void write(Path path, Map<String, long[]> shapes, Content content)
      throws IOException {
    ByteBuffer start = SafetensorsWriter.start(shapes, Dtype.F32, Map.of());
    long dataStart = start.remaining();
    long size =
        dataStart + shapes.values().stream().mapToLong(TensorFile::bytes).reduce(0, Math::addExact);
    WholeFile.write(
        path,
        channel -> {
          WholeFile.drain(start, channel);
          if (size > dataStart) {
            channel.write(ByteBuffer.allocate(1), size - 1);
          }
          content.writeTo(new TensorFile(channel, shapes, dataStart));
        });
  }

  /**
   * Writes values into a row of a tensor, from the row's beginning on.
   *
   * @param row index into the first dimension
   * @param from the values' tensor
   * @param start of the values in it
   * @param count how many, at most a row's
   */
  public void put(String name, long row, FloatTensor from, int start, int count)
      throws IOException {
    long[] shape = shapes.get(name);
    Long offset = offsets.get(name);
    if (shape == null || offset == null) {
      throw new IllegalArgumentException("there is no tensor " + name);
    }
    long rowBytes = bytes(shape) / Math.max(1, shape[0]);
    if (row < 0 || row >= shape[0] || (long) count * Float.BYTES > rowBytes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d values do not fit row %d of %s %s",
              count,
              row,
              name,
              Arrays.toString(shape)));
    }
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(from.values(), start, count);
    long position = offset + row * rowBytes;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  private static long bytes(long[] shape) {
    return Math.multiplyExact(Arrays.stream(shape).reduce(1, Math::multiplyExact), Float.BYTES);
  }
}
