package albert.model.io.safetensors;

import albert.model.io.file.Dtype;
import albert.model.io.file.TensorBytes;
import albert.model.io.file.WholeFile;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Writes safetensors files of float32 and int32 tensors. */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  static void write(
      Path file, Map<String, ? extends HostTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteBuffer start = header(tensors, metadata).bytes();
    WholeFile.write(
        file,
        channel -> {
          WholeFile.drain(start, channel);
          for (HostTensor tensor : tensors.values()) {
            TensorBytes.forEach(tensor, chunk -> WholeFile.drain(chunk, channel));
          }
        });
  }

  /** Bytes of the file that {@link #write} would write without metadata. */
  static long bytes(Map<String, ? extends HostTensor> tensors) throws IOException {
    Header header = header(tensors, Map.of());
    return header.bytes().remaining() + header.offset;
  }

  private static Header header(
      Map<String, ? extends HostTensor> tensors, Map<String, String> metadata) throws IOException {
    Header header = new Header(metadata);
    for (Map.Entry<String, ? extends HostTensor> entry : tensors.entrySet()) {
      header.add(entry.getKey(), dtype(entry.getValue()), entry.getValue().shape());
    }
    return header;
  }

  /** What a file of tensors of one type begins with: its length and the header. */
  static ByteBuffer start(Map<String, long[]> shapes, Dtype dtype, Map<String, String> metadata)
      throws IOException {
    Header header = new Header(metadata);
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      header.add(entry.getKey(), dtype, entry.getValue());
    }
    return header.bytes();
  }

  /** The JSON before the data. */
  private static final class Header {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final JsonGenerator json = new JsonFactory().createGenerator(text);
    private long offset;

    Header(Map<String, String> metadata) throws IOException {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
    }

    void add(String name, Dtype dtype, long[] shape) throws IOException {
      json.writeObjectFieldStart(name);
      json.writeStringField("dtype", dtype.name());
      json.writeFieldName("shape");
      json.writeArray(shape, 0, shape.length);
      json.writeFieldName("data_offsets");
      long values = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      long end = Math.addExact(offset, Math.multiplyExact(values, dtype.bytes()));
      json.writeArray(new long[] {offset, end}, 0, 2);
      json.writeEndObject();
      offset = end;
    }

    /** With its length before it. Readers map the file and want the data aligned. */
    ByteBuffer bytes() throws IOException {
      json.writeEndObject();
      json.close();
      byte[] header = text.toByteArray();
      int padding = -header.length & (ALIGNMENT - 1); // the format pads with blanks
      return ByteBuffer.allocate(Long.BYTES + header.length + padding)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(header.length + padding)
          .put(header)
          .put(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII))
          .flip();
    }
  }

  private static Dtype dtype(HostTensor tensor) {
    return tensor instanceof FloatTensor ? Dtype.F32 : Dtype.I32;
  }
}
