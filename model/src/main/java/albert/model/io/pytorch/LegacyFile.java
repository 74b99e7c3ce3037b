package albert.model.io.pytorch;

import albert.model.io.file.Dtype;
import albert.model.io.file.FileRegion;
import albert.model.io.file.FormatProblem;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A file of {@code torch.save} before PyTorch 1.6 (PyTorch, {@code torch/serialization.py}, {@code
 * _legacy_save}): pickles of a magic number, a version, the writer's system, the content and the
 * keys of the storages; then, in the order of the keys, for each storage the number of its values
 * in eight bytes, and the values.
 */
final class LegacyFile implements Storages {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final int VERSION = 1001;

  private record Place(long begin, long values) {}

  private final Path file;
  private final Object content;
  private final List<String> keys;
  private final long pickles;
  private final long fileSize;
  private final Map<String, Place> places = new HashMap<>();

  private LegacyFile(Path file, CountedStream from, long fileSize) throws IOException {
    this.file = file;
    this.fileSize = fileSize;
    if (!beginsWithMagic(from)) {
      throw new FormatProblem("it is no file of torch.save");
    }
    Object version = TensorUnpickler.read(from);
    if (!Integer.valueOf(VERSION).equals(version)) {
      throw new FormatProblem("its version is another than " + VERSION);
    }
    Map<?, ?> system = TensorUnpickler.dictionary(TensorUnpickler.read(from), "the system");
    if (!Boolean.TRUE.equals(system.get("little_endian"))) {
      throw new FormatProblem("it is big-endian, allowed is little-endian");
    }
    content = TensorUnpickler.read(from);
    keys = TensorUnpickler.texts(TensorUnpickler.read(from), "the list of storages");
    pickles = from.count();
  }

  /** Reads what a file has beside its storages. */
  static LegacyFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new LegacyFile(
          file,
          new CountedStream(
              new BufferedInputStream(Channels.newInputStream(channel)),
              TensorUnpickler.MOST_BYTES),
          channel.size());
    }
  }

  private static boolean beginsWithMagic(CountedStream from) throws IOException {
    try {
      return MAGIC.equals(TensorUnpickler.read(from));
    } catch (FormatProblem e) {
      return false; // no pickle at all
    }
  }

  /** What the pickle holds. */
  Object content() {
    return content;
  }

  /**
   * Finds the storages.
   *
   * @param types of their values, by key
   */
  void locate(Map<String, Dtype> types) throws IOException {
    long at = pickles;
    try (FileChannel channel = FileChannel.open(file)) {
      for (String key : keys) {
        Dtype dtype = types.get(key);
        if (dtype == null) {
          throw new FormatProblem(
              "storage " + ModelFileException.quote(key) + " is listed, but no tensor has it");
        }
        long begin = at + Long.BYTES;
        long values = begin > fileSize ? -1 : FileRegion.bytes(file, channel, at, begin).getLong();
        if (values < 0 || values > (fileSize - begin) / dtype.bytes()) {
          throw new FormatProblem("storage " + ModelFileException.quote(key) + " is cut short");
        }
        places.put(key, new Place(begin, values));
        at = begin + values * dtype.bytes();
      }
    }
    if (at != fileSize) {
      throw new FormatProblem(
          String.format(Locale.ROOT, "its storages end at byte %d, but it has %d", at, fileSize));
    }
  }

  @Override
  public void check(Storage storage) {
    Place place = places.get(storage.key());
    if (place == null || place.values() != storage.all()) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "storage %s should have %d values, but %s",
              ModelFileException.quote(storage.key()),
              storage.all(),
              place == null ? "is not there" : "has " + place.values()));
    }
  }

  @Override
  public void into(String key, TensorEntry stretch, Dtype.Sink sink) throws IOException {
    long begin = Objects.requireNonNull(places.get(key)).begin();
    try (FileChannel channel = FileChannel.open(file)) {
      FileRegion.into(
          file,
          channel,
          new TensorEntry(
              stretch.name(),
              stretch.dtype(),
              stretch.shape(),
              begin + stretch.begin(),
              begin + stretch.end()),
          sink);
    }
  }
}
