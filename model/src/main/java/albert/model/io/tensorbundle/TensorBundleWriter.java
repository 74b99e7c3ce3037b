package albert.model.io.tensorbundle;

import albert.model.io.file.TensorBytes;
import albert.model.io.file.WholeFile;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;

/** Writes a TensorFlow checkpoint of float32 variables: one shard, then its index. */
public final class TensorBundleWriter {
  private TensorBundleWriter() {}

  /**
   * Writes {@code prefix.data-00000-of-00001} and {@code prefix.index}.
   *
   * @param prefix in a directory that exists
   * @param variables by name
   * @throws IOException if they can't be written
   */
  public static void write(Path prefix, Map<String, FloatTensor> variables) throws IOException {
    SortedMap<String, FloatTensor> sorted = new TreeMap<>(variables);
    SortedMap<String, byte[]> entries = new TreeMap<>();
    entries.put("", header());
    long offset = 0;
    for (Map.Entry<String, FloatTensor> entry : sorted.entrySet()) {
      long size = (long) entry.getValue().size() * Float.BYTES;
      entries.put(entry.getKey(), entry(entry.getValue(), offset, size));
      offset += size;
    }
    WholeFile.write(
        TensorBundle.shard(prefix, 0, 1),
        channel -> {
          for (FloatTensor variable : sorted.values()) {
            TensorBytes.forEach(variable, chunk -> WholeFile.drain(chunk, channel));
          }
        });
    byte[] index = SortedTable.write(entries);
    WholeFile.write(TensorBundle.withSuffix(prefix, TensorBundle.INDEX), index);
  }

  private static byte[] header() {
    return BundleHeaderProto.newBuilder()
        .setNumShards(1)
        .setVersion(VersionDef.newBuilder().setProducer(1))
        .build()
        .toByteArray();
  }

  private static byte[] entry(FloatTensor tensor, long offset, long size) throws IOException {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dimension : tensor.shape()) {
      shape.addDimBuilder().setSize(dimension);
    }
    return BundleEntryProto.newBuilder()
        .setDtype(DataType.DT_FLOAT)
        .setShape(shape)
        .setOffset(offset)
        .setSize(size)
        .setCrc32C(crc(tensor))
        .build()
        .toByteArray();
  }

  private static int crc(FloatTensor tensor) throws IOException {
    CRC32C crc = new CRC32C();
    TensorBytes.forEach(tensor, crc::update);
    return Crc.masked(crc);
  }
}
