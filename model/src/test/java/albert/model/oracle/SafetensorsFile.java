package albert.model.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads the float32 and int32 tensors of a small safetensors file as float64. */
final class SafetensorsFile {
  private SafetensorsFile() {}

  static Map<String, double[]> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    int data = bytes.position();
    Map<String, double[]> tensors = new TreeMap<>();
    for (var entry : new ObjectMapper().readTree(new String(header, UTF_8)).properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), values(bytes, data, entry.getValue()));
      }
    }
    return tensors;
  }

  private static double[] values(ByteBuffer bytes, int data, JsonNode entry) {
    String type = entry.get("dtype").asText();
    int start = data + entry.get("data_offsets").get(0).asInt();
    int end = data + entry.get("data_offsets").get(1).asInt();
    double[] values = new double[(end - start) / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      int at = start + i * Float.BYTES;
      values[i] =
          switch (type) {
            case "F32" -> bytes.getFloat(at);
            case "I32" -> bytes.getInt(at);
            default -> throw new IllegalArgumentException("dtype " + type);
          };
    }
    return values;
  }
}
