package albert.model.io.tensorbundle;

import albert.model.io.file.Dtype;
import albert.model.io.file.FileRegion;
import albert.model.io.file.FormatProblem;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.TensorEntry;
import albert.model.io.file.TensorSource;
import albert.model.tensor.HostTensor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A TensorFlow checkpoint: an index of tensors and shards of their bytes
 * (tensorflow/core/util/tensor_bundle, protobuf/tensor_bundle.proto). It is read with TensorFlow's
 * messages, but without its native reader, which can abort the process on a broken file. Checksums
 * of index and tensors are checked.
 */
public final class TensorBundle implements TensorSource {
  /** What the name of an index ends in. */
  public static final String INDEX = ".index";

  private static final long LONGEST_INDEX = 1 << 26;
  // a dimension takes two bytes of an entry, and many times as much in memory
  private static final int LONGEST_ENTRY = 1 << 14;

  private static final long LONGEST_TEXT = 1 << 24;

  private record Text(int shard, long offset, long size, int crc) {}

  private record Place(TensorEntry entry, int shard, int crc) {}

  private final Path prefix;
  private final Path index;
  private int shards = 1;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, Text> texts = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private TensorBundle(Path prefix) {
    this.prefix = prefix;
    this.index = withSuffix(prefix, INDEX);
  }

  /**
   * Reads and checks the index of {@code prefix.index} and the lengths of the shards.
   *
   * @throws ModelFileException if they are not sound
   */
  public static TensorBundle open(Path prefix) {
    TensorBundle bundle = new TensorBundle(prefix);
    try (FileChannel channel = FileChannel.open(bundle.index)) {
      if (channel.size() > LONGEST_INDEX) {
        throw new FormatProblem(
            String.format(
                Locale.ROOT, "has %d bytes, allowed are %d", channel.size(), LONGEST_INDEX));
      }
      bundle.readIndex(FileRegion.bytes(bundle.index, channel, 0, channel.size()));
    } catch (FormatProblem | InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new ModelFileException(bundle.index, "is not sound: " + e.getMessage(), e);
    } catch (IOException e) {
      throw ModelFileException.unreadable(bundle.index, e);
    }
    bundle.checkLengths();
    return bundle;
  }

  @Override
  public Path file() {
    return index;
  }

  @Override
  public Map<String, long[]> shapes() {
    return Collections.unmodifiableMap(shapes);
  }

  @Override
  public HostTensor read(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new ModelFileException(
          index, "there is no float tensor " + ModelFileException.quote(name));
    }
    Path file = shard(prefix, place.shard(), shards);
    CRC32C crc = new CRC32C();
    Dtype.Sink sink = place.entry().dtype().sink(place.entry().size());
    try (FileChannel channel = FileChannel.open(file)) {
      FileRegion.into(file, channel, place.entry(), new Checking(sink, crc));
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
    if (Crc.masked(crc) != place.crc()) {
      throw new ModelFileException(
          file,
          String.format(
              Locale.ROOT, "checksum of tensor %s is wrong", ModelFileException.quote(name)));
    }
    return sink.tensor(place.entry().shape());
  }

  /**
   * Reads a text that is a variable, if it is there.
   *
   * @throws ModelFileException if it is not sound
   */
  public Optional<byte[]> text(String name) {
    Text text = texts.get(name);
    if (text == null) {
      return Optional.empty();
    }
    Path file = shard(prefix, text.shard(), shards);
    try (FileChannel channel = FileChannel.open(file)) {
      long end = text.offset() + text.size();
      if (text.size() > LONGEST_TEXT || end > channel.size()) {
        throw new FormatProblem(
            String.format(
                Locale.ROOT,
                "%s has %d bytes up to %d of %d, allowed are %d",
                ModelFileException.quote(name),
                text.size(),
                end,
                channel.size(),
                LONGEST_TEXT));
      }
      return Optional.of(
          StringTensor.scalar(FileRegion.bytes(file, channel, text.offset(), end), text.crc()));
    } catch (FormatProblem | InvalidProtocolBufferException e) {
      throw new ModelFileException(file, "is not sound: " + e.getMessage(), e);
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
  }

  /** The file of a shard. */
  static Path shard(Path prefix, int shard, int shards) {
    return withSuffix(prefix, String.format(Locale.ROOT, ".data-%05d-of-%05d", shard, shards));
  }

  static Path withSuffix(Path prefix, String suffix) {
    return prefix.resolveSibling(prefix.getFileName() + suffix);
  }

  private record Checking(Dtype.Sink sink, CRC32C crc) implements Dtype.Sink {
    @Override
    public void take(ByteBuffer bytes) {
      crc.update(bytes.duplicate());
      sink.take(bytes);
    }

    @Override
    public HostTensor tensor(long[] shape) {
      return sink.tensor(shape);
    }
  }

  private void readIndex(ByteBuffer bytes) throws IOException {
    for (Map.Entry<String, byte[]> entry : SortedTable.read(bytes).entrySet()) {
      if (entry.getValue().length > LONGEST_ENTRY) {
        throw new FormatProblem(
            String.format(
                Locale.ROOT,
                "the entry of %s has %d bytes, allowed are %d",
                ModelFileException.quote(entry.getKey()),
                entry.getValue().length,
                LONGEST_ENTRY));
      }
      if (entry.getKey().isEmpty()) {
        readHeader(BundleHeaderProto.parseFrom(entry.getValue()));
      } else {
        readEntry(entry.getKey(), BundleEntryProto.parseFrom(entry.getValue()));
      }
    }
  }

  private void readHeader(BundleHeaderProto header) {
    if (header.getEndiannessValue() != BundleHeaderProto.Endianness.LITTLE_VALUE) {
      throw new FormatProblem("it is big-endian, allowed is little-endian");
    }
    shards = header.getNumShards();
    if (shards < 1 || shards > 99_999) {
      throw new FormatProblem(
          String.format(Locale.ROOT, "it has %d shards, allowed are 1 to 99999", shards));
    }
  }

  private void readEntry(String name, BundleEntryProto entry) {
    if (entry.getSlicesCount() > 0) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "%s is partitioned, allowed are whole variables",
              ModelFileException.quote(name)));
    }
    int shard = entry.getShardId();
    long offset = entry.getOffset();
    long size = entry.getSize();
    if (shard < 0 || shard >= shards || offset < 0 || size < 0 || offset > Long.MAX_VALUE - size) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "%s lies in shard %d of %d at %d with %d bytes",
              ModelFileException.quote(name),
              shard,
              shards,
              offset,
              size));
    }
    long[] shape =
        entry.getShape().getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray();
    shapes.put(name, shape);
    if (entry.getDtype() == DataType.DT_STRING && shape.length == 0) {
      texts.put(name, new Text(shard, offset, size, entry.getCrc32C()));
    }
    Dtype dtype = dtype(entry.getDtype());
    if (dtype != null) {
      TensorEntry place = new TensorEntry(name, dtype, shape, offset, offset + size);
      places.put(name, new Place(place, shard, entry.getCrc32C()));
    }
  }

  /** Types that weights have; others can be there, but not be read. */
  private static @Nullable Dtype dtype(DataType type) {
    if (type == DataType.DT_FLOAT) {
      return Dtype.F32;
    }
    if (type == DataType.DT_DOUBLE) {
      return Dtype.F64;
    }
    if (type == DataType.DT_BFLOAT16) {
      return Dtype.BF16;
    }
    return type == DataType.DT_HALF ? Dtype.F16 : null;
  }

  /** Tensors lie in their shards, and each for itself. */
  private void checkLengths() {
    Map<Integer, Long> ends = new TreeMap<>();
    places.values().stream()
        .sorted(Comparator.comparingLong((Place place) -> place.entry().begin()))
        .forEach(
            place -> {
              Long end = ends.put(place.shard(), place.entry().end());
              if (end != null && end > place.entry().begin()) {
                throw new ModelFileException(
                    index,
                    String.format(
                        Locale.ROOT,
                        "tensor %s overlaps another",
                        ModelFileException.quote(place.entry().name())));
              }
            });
    ends.forEach(this::checkLength);
  }

  private void checkLength(int shard, long end) {
    Path file = shard(prefix, shard, shards);
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() < end) {
        throw new ModelFileException(
            file,
            String.format(
                Locale.ROOT,
                "has %d bytes, but the index asks for %d: it is cut short",
                channel.size(),
                end));
      }
    } catch (IOException e) {
      throw ModelFileException.unreadable(file, e);
    }
  }
}
