package albert.model.io.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.model.io.file.ModelFileException;
import albert.model.io.file.WholeFile;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    float[] many = new float[600_001]; // more than two chunks
    for (int i = 0; i < many.length; i++) {
      many[i] = i * 0.5f;
    }
    tensors.put("z", FloatTensor.of(many, 1, 600_001));
    tensors.put("a", IntTensor.of(new int[] {1, -2, Integer.MAX_VALUE}, 3));
    tensors.put("scalar", FloatTensor.of(new float[] {Float.NaN}));
    tensors.put("none", IntTensor.of(new int[0], 0, 4));
    tensors.put("\"quoted\"\n", FloatTensor.of(new float[] {-0f}, 1));
    Path file = directory.resolve("x.safetensors");

    Safetensors.write(file, tensors, Map.of("format", "pt"));

    Safetensors read = Safetensors.open(file);
    assertThat(read.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(read.readAll()).isEqualTo(tensors);
    assertThat(read.readAll().keySet()).containsExactlyElementsOf(tensors.keySet());
    assertThat(read.read("a")).isEqualTo(tensors.get("a"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aWriteThatFailsLeavesWhatWasThere() throws IOException {
    Path file = directory.resolve("x.safetensors");
    Safetensors.write(file, Map.of("a", IntTensor.of(new int[] {1}, 1)), Map.of());
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.allocate(100));
                      throw new IOException("disk full");
                    }))
        .hasMessageEndingWith("x.safetensors: disk full");
    assertThat(Safetensors.open(file).read("a")).isEqualTo(IntTensor.of(new int[] {1}, 1));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void everyTypeIsConverted() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3c00).putShort((short) 0xc000); // float16 1, -2
    data.putShort((short) 0x3f80).putShort((short) 0xc049); // bfloat16 1, -3.140625
    data.putDouble(Math.PI);
    data.putLong(-5);
    data.put((byte) 200).put((byte) 1).put((byte) -3).put((byte) 0);
    Path file =
        file(
            """
            {"f16":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},
             "bf16":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},
             "f64":{"dtype":"F64","shape":[1],"data_offsets":[8,16]},
             "i64":{"dtype":"I64","shape":[1],"data_offsets":[16,24]},
             "u8":{"dtype":"U8","shape":[1],"data_offsets":[24,25]},
             "bool":{"dtype":"BOOL","shape":[1],"data_offsets":[25,26]},
             "i8":{"dtype":"I8","shape":[1],"data_offsets":[26,27]},
             "rest":{"dtype":"I8","shape":[1],"data_offsets":[27,28]}}""",
            data.flip());
    Map<String, HostTensor> read = Safetensors.open(file).readAll();
    assertThat(read.get("f16")).isEqualTo(FloatTensor.of(new float[] {1, -2}, 2));
    assertThat(read.get("bf16")).isEqualTo(FloatTensor.of(new float[] {1, -3.140625f}, 2));
    assertThat(read.get("f64")).isEqualTo(FloatTensor.of(new float[] {(float) Math.PI}, 1));
    assertThat(read.get("i64")).isEqualTo(IntTensor.of(new int[] {-5}, 1));
    assertThat(read.get("u8")).isEqualTo(IntTensor.of(new int[] {200}, 1));
    assertThat(read.get("bool")).isEqualTo(IntTensor.of(new int[] {1}, 1));
    assertThat(read.get("i8")).isEqualTo(IntTensor.of(new int[] {-3}, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // not JSON
        "[]",
        "{} {}",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}",
        "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":4,\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[[1]],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387905],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775808]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,1e400]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", // beyond the end
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", // trailing data
        "{\"a\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[2,4]}}", // gap
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", // overlap
        "{\"a\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[0,2]},"
            + "\"a\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[2,4]}}", // twice
        "{\"__metadata__\":{\"a\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
      })
  void unsoundHeadersAreRefused(String header) throws IOException {
    Path file = file(header, ByteBuffer.allocate(4));
    assertThatThrownBy(() -> Safetensors.open(file).readAll())
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file.toString())
        .message()
        .hasLineCount(1);
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    for (String deep : new String[] {"[".repeat(10_000), "{\"a\":".repeat(10_000)}) {
      Path file = file("{\"a\":{\"shape\":" + deep, ByteBuffer.allocate(0));
      assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(ModelFileException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 60, -1, Long.MIN_VALUE, 93, 100_000_001})
  void aHeaderLongerThanTheFileIsRefused(long length) throws IOException {
    Path file = directory.resolve("x.safetensors");
    ByteBuffer bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("header of " + Long.toUnsignedString(length) + " bytes");
  }

  @Test
  void numbersThatDoNotFitAreRefused() throws IOException {
    Path file =
        file(
            "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
            ByteBuffer.allocate(8).putLong(0, 1));
    assertThatThrownBy(() -> Safetensors.open(file).read("a"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("tensor 'a' has a number that does not fit 32 bits");
  }

  @Test
  void absentFilesAndTensorsAreNamed() throws IOException {
    assertThatThrownBy(() -> Safetensors.open(directory.resolve("no")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("no: there is no such file");
    assertThatThrownBy(() -> Safetensors.open(directory)).isInstanceOf(ModelFileException.class);
    Path file = file("{}", ByteBuffer.allocate(0));
    assertThatThrownBy(() -> Safetensors.open(file).read("x\ny"))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("there is no tensor 'x\\u000ay'");
  }

  private Path file(String header, ByteBuffer data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    return Files.write(directory.resolve("x.safetensors"), bytes.array());
  }
}
