package albert.model.io;

import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Writes safetensors files of float32 and int32 tensors. */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final int CHUNK_VALUES = 1 << 18;

  private SafetensorsWriter() {}

  static void write(
      Path file, Map<String, ? extends HostTensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(tensors, metadata);
    // readers map the file and want the data aligned; the format pads with blanks
    int padding = -header.length & (ALIGNMENT - 1);
    ByteBuffer start =
        ByteBuffer.allocate(Long.BYTES + header.length + padding)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length + padding)
            .put(header)
            .put(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII))
            .flip();
    WholeFile.write(
        file,
        channel -> {
          drain(start, channel);
          for (HostTensor tensor : tensors.values()) {
            writeValues(tensor, channel);
          }
        });
  }

  private static byte[] header(
      Map<String, ? extends HostTensor> tensors, Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, ? extends HostTensor> entry : tensors.entrySet()) {
        HostTensor tensor = entry.getValue();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", dtype(tensor).name());
        json.writeFieldName("shape");
        json.writeArray(tensor.shape(), 0, tensor.shape().length);
        json.writeFieldName("data_offsets");
        long end = offset + (long) tensor.size() * dtype(tensor).bytes();
        json.writeArray(new long[] {offset, end}, 0, 2);
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static Dtype dtype(HostTensor tensor) {
    return tensor instanceof FloatTensor ? Dtype.F32 : Dtype.I32;
  }

  /** Writes a tensor's values as little-endian bytes. */
  static void writeValues(HostTensor tensor, FileChannel channel) throws IOException {
    ByteBuffer chunk =
        ByteBuffer.allocate(Math.min(CHUNK_VALUES, tensor.size()) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < tensor.size(); at += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, tensor.size() - at);
      chunk.clear().limit(count * Integer.BYTES);
      if (tensor instanceof FloatTensor floats) {
        chunk.asFloatBuffer().put(floats.values(), at, count);
      } else if (tensor instanceof IntTensor ints) {
        chunk.asIntBuffer().put(ints.values(), at, count);
      }
      drain(chunk, channel);
    }
  }

  static void drain(ByteBuffer bytes, FileChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
