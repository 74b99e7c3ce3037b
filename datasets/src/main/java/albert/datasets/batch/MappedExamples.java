package albert.datasets.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Encoded examples in a file that is mapped into memory: an example is made when it is asked for,
 * and only lengths and labels are kept. Safe for several threads.
 *
 * <p>The file, all numbers little-endian: of every example its labels (float64) and ids (int32),
 * then for every example its length, the number of its pieces of type 0 and that of its labels
 * (int32 each), then the number of examples (int64), the key (64 ASCII characters), a CRC-32C of
 * all before, and a magic number (int32 each).
 */
final class MappedExamples extends StoredExamples {
  private static final int MAGIC = 0x31464c41;
  private static final int KEY_LENGTH = 64;
  private static final int FOOTER = Long.BYTES + KEY_LENGTH + 2 * Integer.BYTES;
  private static final int PER_EXAMPLE = 3 * Integer.BYTES;

  private final ByteBuffer body;
  private final int[] starts;
  private final int[] firstTypes;
  private final int[] labels;

  /**
   * @param body labels and ids
   * @param starts in bytes [examples + 1]
   * @param firstTypes pieces of type 0 [examples]
   * @param labels how many [examples]
   */
  private MappedExamples(ByteBuffer body, int[] starts, int[] firstTypes, int[] labels) {
    this.body = body;
    this.starts = starts;
    this.firstTypes = firstTypes;
    this.labels = labels;
  }

  /**
   * Opens a file.
   *
   * @param key that it must have been written with
   * @throws IOException if it can't be read, is cut off or changed, or has another key
   */
  static MappedExamples open(Path file, String key) throws IOException {
    ByteBuffer bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < FOOTER || channel.size() > Integer.MAX_VALUE) {
        throw new IOException(file + " has " + channel.size() + " bytes");
      }
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    int footer = bytes.limit() - FOOTER;
    long count = bytes.getLong(footer);
    byte[] found = new byte[KEY_LENGTH];
    bytes.get(footer + Long.BYTES, found);
    int check = footer + Long.BYTES + KEY_LENGTH;
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, check));
    if (bytes.getInt(check + Integer.BYTES) != MAGIC
        || bytes.getInt(check) != (int) crc.getValue()
        || !Arrays.equals(found, key.getBytes(StandardCharsets.US_ASCII))
        || count < 0
        || count * PER_EXAMPLE > footer) {
      throw new IOException(file + " is not whole");
    }
    return of(bytes, footer - (int) count * PER_EXAMPLE, (int) count);
  }

  private static MappedExamples of(ByteBuffer bytes, int index, int count) {
    int[] starts = new int[count + 1];
    int[] firstTypes = new int[count];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      int at = index + i * PER_EXAMPLE;
      firstTypes[i] = bytes.getInt(at + Integer.BYTES);
      labels[i] = bytes.getInt(at + 2 * Integer.BYTES);
      starts[i + 1] = starts[i] + bytes.getInt(at) * Integer.BYTES + labels[i] * Double.BYTES;
    }
    ByteBuffer body = bytes.slice(0, index).order(ByteOrder.LITTLE_ENDIAN);
    return new MappedExamples(body, starts, firstTypes, labels);
  }

  /** Writes a file of examples as they come; all but an index goes out at once. */
  static final class Writer {
    private final CheckedOutputStream out;
    private final ByteArrayOutputStream index = new ByteArrayOutputStream();
    private long count;

    Writer(OutputStream out) {
      this.out = new CheckedOutputStream(out, new CRC32C());
    }

    void add(EncodedExample example) throws IOException {
      int[] ids = example.sequence().inputIds();
      double[] labels = example.labels();
      byte[] bytes = new byte[Double.BYTES * labels.length + Integer.BYTES * ids.length];
      ByteBuffer buffer = littleEndian(bytes);
      buffer.asDoubleBuffer().put(labels);
      buffer.position(Double.BYTES * labels.length);
      buffer.asIntBuffer().put(ids);
      out.write(bytes);
      int secondTypes = IntStream.of(example.sequence().tokenTypeIds()).sum();
      byte[] entry = new byte[PER_EXAMPLE];
      littleEndian(entry).putInt(ids.length).putInt(ids.length - secondTypes).putInt(labels.length);
      index.writeBytes(entry);
      count++;
    }

    /** Ends the file; the stream stays open. */
    void finish(String key) throws IOException {
      index.writeTo(out);
      byte[] size = new byte[Long.BYTES];
      littleEndian(size).putLong(count);
      out.write(size);
      out.write(key.getBytes(StandardCharsets.US_ASCII));
      byte[] end = new byte[2 * Integer.BYTES];
      littleEndian(end).putInt((int) out.getChecksum().getValue()).putInt(MAGIC);
      out.write(end);
      out.flush();
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public EncodedExample get(int index) {
    Objects.checkIndex(index, labels.length);
    ByteBuffer own = body.slice(starts[index], starts[index + 1] - starts[index]);
    own.order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[labels[index]];
    own.asDoubleBuffer().get(values);
    own.position(values.length * Double.BYTES);
    int[] inputIds = new int[own.remaining() / Integer.BYTES];
    own.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(inputIds);
    int[] tokenTypeIds = new int[inputIds.length];
    Arrays.fill(tokenTypeIds, firstTypes[index], inputIds.length, 1);
    return new EncodedExample(index, new EncodedSequence(inputIds, tokenTypeIds), values);
  }

  @Override
  public int size() {
    return labels.length;
  }
}
