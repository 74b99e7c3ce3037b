package albert.model.io.pytorch;

import albert.model.io.file.Dtype;
import albert.model.io.file.FormatProblem;
import albert.model.io.file.LargeFilePointer;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorEntry;
import albert.model.io.file.TensorSource;
import albert.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A state dict as {@code torch.save} writes it, such as {@code pytorch_model.bin}: the zip archive
 * of PyTorch 1.6 and later, or the form before. The tar archive of the first versions is refused.
 * Opening reads and checks the pickle alone; tensors are read when asked for, transposed ones into
 * their order. Nothing stays open between calls.
 *
 * <p>A pickle is a program, but nothing of it is run: see {@link TensorUnpickler}. Stricter than
 * PyTorch in this: a dictionary of tensors alone, uncompressed, little-endian, tensors whose values
 * are their own (none that {@code expand} made).
 */
public final class PytorchFile implements TensorSource {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final int TAR_AT = 257;
  private static final String TAR = "ustar";

  // tensors may be the same storage again: tied decoders, layers that are one
  private static final long MOST_SHARED = 64;

  private final Path file;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Storages storages;

  private PytorchFile(Path file) throws IOException {
    this.file = file;
    LargeFilePointer.refuse(file);
    long size;
    boolean zip;
    try (FileChannel channel = FileChannel.open(file)) {
      size = channel.size();
      zip = isZip(channel);
    }
    if (zip) {
      ZipArchive archive = ZipArchive.open(file);
      addAll(archive.content());
      storages = archive;
    } else {
      LegacyFile legacy = LegacyFile.open(file);
      addAll(legacy.content());
      legacy.locate(types());
      storages = legacy;
    }
    check(size);
  }

  /**
   * Reads and checks what a file holds.
   *
   * @throws ModelFileException if there is no such file, or it is not sound, or holds more than
   *     tensors
   */
  public static PytorchFile open(Path file) {
    try {
      return new PytorchFile(file);
    } catch (FormatProblem | IllegalArgumentException e) {
      throw new ModelFileException(file, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Map<String, long[]> shapes() {
    return Collections.unmodifiableMap(shapes);
  }

  @Override
  public HostTensor read(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelFileException(file, "there is no tensor " + ModelFileException.quote(name));
    }
    TensorEntry stretch = tensor.stretch(name);
    Dtype.Sink sink = stretch.dtype().sink(stretch.size());
    try {
      storages.into(tensor.storage().key(), stretch, sink);
    } catch (ArithmeticException e) {
      throw new ModelFileException(
          file,
          String.format(
              Locale.ROOT,
              "tensor %s has a number that does not fit 32 bits",
              ModelFileException.quote(name)),
          e);
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
    return tensor.arrange(sink.tensor(stretch.shape()));
  }

  private static boolean isZip(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(TAR_AT + TAR.length());
    while (start.hasRemaining() && channel.read(start) >= 0) {
      // until it is full
    }
    start.flip();
    if (start.remaining() >= ZIP.length
        && start.slice(0, ZIP.length).equals(ByteBuffer.wrap(ZIP))) {
      return true;
    }
    if (start.remaining() == start.capacity()
        && start
            .slice(TAR_AT, TAR.length())
            .equals(ByteBuffer.wrap(TAR.getBytes(StandardCharsets.US_ASCII)))) {
      throw new FormatProblem(
          "it is a tar archive, as the first versions of PyTorch wrote; allowed is what later ones"
              + " write");
    }
    return false;
  }

  private void addAll(Object content) {
    TensorUnpickler.dictionary(content, "what it holds")
        .forEach(
            (key, value) -> {
              String name = String.valueOf(key);
              if (!(value instanceof StoredTensor tensor)) {
                throw new FormatProblem(
                    ModelFileException.quote(name) + " is no tensor, allowed are tensors by name");
              }
              tensors.put(name, tensor);
              shapes.put(name, tensor.shape());
            });
  }

  private Map<String, Dtype> types() {
    Map<String, Dtype> types = new HashMap<>();
    tensors.values().forEach(tensor -> types.put(tensor.storage().key(), tensor.storage().dtype()));
    return types;
  }

  private void check(long fileSize) {
    Map<String, Dtype> types = types();
    long bytes = 0;
    for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
      Storage storage = entry.getValue().storage();
      entry.getValue().stretch(entry.getKey());
      storages.check(storage);
      if (types.get(storage.key()) != storage.dtype()) {
        throw new FormatProblem(
            "storage " + ModelFileException.quote(storage.key()) + " is of two types");
      }
      bytes += entry.getValue().size() * storage.dtype().bytes();
    }
    if (bytes > MOST_SHARED * fileSize) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "its tensors have %d bytes, but the file %d: allowed are %d times as many",
              bytes,
              fileSize,
              MOST_SHARED));
    }
  }
}
