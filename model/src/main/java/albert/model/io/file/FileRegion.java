package albert.model.io.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads stretches of a file, little-endian, in chunks of bounded size. */
public final class FileRegion {
  // a multiple of every value's size
  private static final int CHUNK = 1 << 20;

  private FileRegion() {}

  /** The bytes from {@code begin} to {@code end}, which lie in the file and in an array. */
  public static ByteBuffer bytes(Path file, FileChannel channel, long begin, long end)
      throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(end - begin)).order(ByteOrder.LITTLE_ENDIAN);
    fill(file, channel, begin, bytes);
    return bytes;
  }

  /** Hands all bytes of a tensor to a sink. */
  public static void into(Path file, FileChannel channel, TensorEntry entry, Dtype.Sink sink)
      throws IOException {
    ByteBuffer chunk =
        ByteBuffer.allocate((int) Math.min(CHUNK, entry.end() - entry.begin()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (long at = entry.begin(); at < entry.end(); at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), entry.end() - at));
      fill(file, channel, at, chunk);
      sink.take(chunk);
    }
  }

  /** Hands the next bytes of a stream, of whole values, to a sink. */
  public static void into(Path file, InputStream from, long length, Dtype.Sink sink)
      throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
    for (long left = length; left > 0; ) {
      int count = (int) Math.min(chunk.length, left);
      if (from.readNBytes(chunk, 0, count) < count) {
        throw new ModelFileException(file, "is cut short");
      }
      sink.take(ByteBuffer.wrap(chunk, 0, count).order(ByteOrder.LITTLE_ENDIAN));
      left -= count;
    }
  }

  private static void fill(Path file, FileChannel channel, long begin, ByteBuffer bytes)
      throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, begin + bytes.position()) < 0) {
        throw new ModelFileException(file, "the file became shorter while it was read");
      }
    }
    bytes.flip();
  }
}
