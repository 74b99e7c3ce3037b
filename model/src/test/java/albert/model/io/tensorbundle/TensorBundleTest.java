package albert.model.io.tensorbundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import albert.model.io.file.ModelFileException;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TensorSliceProto;

/** Checkpoints byte for byte, and entries that were made to harm. */
class TensorBundleTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/golden/google/two-groups-inner-two/model.ckpt-best");
  private static final byte[] HEADER =
      BundleHeaderProto.newBuilder().setNumShards(1).build().toByteArray();

  @TempDir private Path folder;

  @Test
  void whatTensorFlowWroteIsWrittenAgainByteForByte() throws IOException {
    TensorBundle golden = TensorBundle.open(GOLDEN);
    Map<String, FloatTensor> variables = new TreeMap<>();
    for (String name : golden.shapes().keySet()) {
      HostTensor tensor = golden.read(name);
      variables.put(name, (FloatTensor) tensor);
    }
    Path written = folder.resolve("model");
    TensorBundleWriter.write(written, variables);
    Map<String, byte[]> expected = table(GOLDEN);
    assertThat(table(written).keySet()).containsExactlyElementsOf(expected.keySet());
    table(written)
        .forEach((name, entry) -> assertThat(entry).as(name).isEqualTo(expected.get(name)));
    assertThat(TensorBundle.shard(written, 0, 1))
        .hasSameBinaryContentAs(TensorBundle.shard(GOLDEN, 0, 1));
  }

  private static Map<String, byte[]> table(Path prefix) throws IOException {
    return SortedTable.read(
        ByteBuffer.wrap(Files.readAllBytes(TensorBundle.withSuffix(prefix, TensorBundle.INDEX))));
  }

  @Test
  void aVariableInPartsIsRefused() throws IOException {
    BundleEntryProto parts =
        BundleEntryProto.newBuilder().addSlices(TensorSliceProto.getDefaultInstance()).build();
    assertRefused(HEADER, parts.toByteArray(), "'a' is partitioned");
  }

  @Test
  void anotherByteOrderIsRefused() throws IOException {
    byte[] header =
        BundleHeaderProto.newBuilder()
            .setNumShards(1)
            .setEndianness(BundleHeaderProto.Endianness.BIG)
            .build()
            .toByteArray();
    assertRefused(header, new byte[0], "it is big-endian");
  }

  @Test
  void aTensorOutsideItsShardIsRefused() throws IOException {
    BundleEntryProto entry = BundleEntryProto.newBuilder().setDtype(DataType.DT_FLOAT).build();
    assertRefused(
        HEADER, entry.toBuilder().setShardId(1).build().toByteArray(), "lies in shard 1 of 1");
    assertRefused(
        HEADER, entry.toBuilder().setOffset(-1).setSize(4).build().toByteArray(), "at -1 with 4");
    assertRefused(
        HEADER,
        entry.toBuilder().setOffset(Long.MAX_VALUE).setSize(4).build().toByteArray(),
        "with 4 bytes");
  }

  /** Groups in groups, which the library would follow until the stack is full. */
  @Test
  void nestedGroupsAreRefused() throws IOException {
    byte[] groups = new byte[10_000];
    Arrays.fill(groups, (byte) 0x7b);
    assertRefused(HEADER, groups, "nesting");
  }

  /** Each dimension is two bytes of the file and many in memory. */
  @Test
  void anEntryOfCountlessDimensionsIsRefused() throws IOException {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int i = 0; i < 10_000; i++) {
      shape.addDimBuilder();
    }
    byte[] entry = BundleEntryProto.newBuilder().setShape(shape).build().toByteArray();
    assertRefused(HEADER, entry, "the entry of 'a' has 20004 bytes, allowed are 16384");
  }

  @Test
  void bytesThatAreNoMessageAreRefused() throws IOException {
    assertRefused(HEADER, new byte[] {0x12, 0x7f}, "");
    assertRefused("no header".getBytes(StandardCharsets.UTF_8), new byte[0], "");
  }

  private void assertRefused(byte[] header, byte[] entry, String problem) throws IOException {
    Path prefix = folder.resolve("bad");
    Files.write(
        TensorBundle.withSuffix(prefix, TensorBundle.INDEX),
        SortedTable.write(new TreeMap<>(Map.of("", header, "a", entry))));
    assertThatExceptionOfType(ModelFileException.class)
        .isThrownBy(() -> TensorBundle.open(prefix))
        .withMessageContainingAll("bad.index: is not sound: ", problem)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
  }
}
