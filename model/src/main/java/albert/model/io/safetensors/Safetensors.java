package albert.model.io.safetensors;

import albert.model.io.file.Dtype;
import albert.model.io.file.FileRegion;
import albert.model.io.file.LargeFilePointer;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorEntry;
import albert.model.io.file.TensorSource;
import albert.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A safetensors file (github.com/huggingface/safetensors, "Format"): eight bytes with the length of
 * a JSON header, the header, the tensors' bytes. Opening reads and checks the header alone; tensors
 * are read when asked for. Nothing stays open between calls.
 *
 * <p>Stricter than the format in this: values that fit neither float32 nor int32 (see {@link
 * Dtype}) are refused.
 */
public final class Safetensors implements TensorSource {
  private static final int LENGTH_BYTES = 8;
  // the reference implementation's limit
  private static final long LONGEST_HEADER = 100_000_000;

  private final Path file;
  private final SafetensorsHeader header;

  private Safetensors(Path file, SafetensorsHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Reads and checks a file's header.
   *
   * @throws ModelFileException if there is no such file or it is not a sound safetensors file
   */
  public static Safetensors open(Path file) {
    return reading(
        file,
        channel -> {
          LargeFilePointer.refuse(file);
          long size = channel.size();
          if (size < LENGTH_BYTES) {
            throw new ModelFileException(
                file,
                String.format(
                    Locale.ROOT, "has %d bytes, a safetensors file has at least 8", size));
          }
          long length = FileRegion.bytes(file, channel, 0, LENGTH_BYTES).getLong();
          if (length < 0 || length > Math.min(LONGEST_HEADER, size - LENGTH_BYTES)) {
            throw new ModelFileException(
                file,
                String.format(
                    Locale.ROOT,
                    "header of %s bytes, but the file has %d and allowed are %d",
                    Long.toUnsignedString(length),
                    size,
                    LONGEST_HEADER));
          }
          long dataStart = LENGTH_BYTES + length;
          String json = utf8(file, FileRegion.bytes(file, channel, LENGTH_BYTES, dataStart));
          return new Safetensors(file, SafetensorsHeader.parse(file, json, dataStart, size));
        });
  }

  /**
   * Writes a file whole or not at all. Tensors come in the map's order.
   *
   * @param tensors float32 and int32 tensors by name
   * @param metadata free text by key
   * @throws IOException if it can't be written; what was there before is then untouched
   */
  public static void write(
      Path file, Map<String, ? extends HostTensor> tensors, Map<String, String> metadata)
      throws IOException {
    SafetensorsWriter.write(file, tensors, metadata);
  }

  /** Bytes of the file that {@link #write} would write without metadata. */
  public static long bytes(Map<String, ? extends HostTensor> tensors) throws IOException {
    return SafetensorsWriter.bytes(tensors);
  }

  @Override
  public Path file() {
    return file;
  }

  /** The header's free text by key. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /** What there is, by name, in the header's order. */
  public Map<String, TensorEntry> entries() {
    return Collections.unmodifiableMap(header.entries());
  }

  @Override
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    header.entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
    return shapes;
  }

  @Override
  public HostTensor read(String name) {
    HostTensor tensor = readAll(List.of(name)).get(name);
    if (tensor == null) {
      throw new IllegalStateException(name);
    }
    return tensor;
  }

  /**
   * Reads every tensor, in the header's order.
   *
   * @throws ModelFileException if one can't be read
   */
  public Map<String, HostTensor> readAll() {
    return readAll(header.entries().keySet());
  }

  /**
   * Reads some tensors, in the order of the names.
   *
   * @throws ModelFileException if one is not there or can't be read
   */
  public Map<String, HostTensor> readAll(Collection<String> names) {
    return reading(
        file,
        channel -> {
          Map<String, HostTensor> tensors = new LinkedHashMap<>();
          for (String name : names) {
            tensors.put(name, read(channel, name));
          }
          return tensors;
        });
  }

  private HostTensor read(FileChannel channel, String name) throws IOException {
    TensorEntry entry = header.entries().get(name);
    if (entry == null) {
      throw new ModelFileException(
          file,
          String.format(Locale.ROOT, "there is no tensor %s", ModelFileException.quote(name)));
    }
    Dtype.Sink sink = entry.dtype().sink(entry.size());
    try {
      FileRegion.into(file, channel, entry, sink);
    } catch (ArithmeticException e) {
      throw new ModelFileException(
          file,
          String.format(
              Locale.ROOT,
              "tensor %s has a number that does not fit 32 bits",
              ModelFileException.quote(name)),
          e);
    }
    return sink.tensor(entry.shape());
  }

  private static String utf8(Path file, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new ModelFileException(file, "header is not UTF-8", e);
    }
  }

  private static <T> T reading(Path file, Reading<T> reading) {
    try (FileChannel channel = FileChannel.open(file)) {
      return reading.from(channel);
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
  }

  private interface Reading<T> {
    T from(FileChannel channel) throws IOException;
  }
}
