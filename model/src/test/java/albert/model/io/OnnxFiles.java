package albert.model.io;

import albert.model.config.EncoderConfig;
import albert.model.tensor.FloatTensor;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes small ONNX files in the way PyTorch's exporter writes a BERT. */
final class OnnxFiles {
  private OnnxFiles() {}

  static byte[] write(LoadedModel model) {
    EncoderConfig config = model.config();
    TensorTable table =
        TensorTable.huggingFace(
            config, model.head(), model.hasPooler(), TensorTable.Layout.of(config), "");
    return message(
        proto ->
            proto.writeBytes(
                7,
                ByteString.copyFrom(
                    message(
                        graph -> {
                          for (TensorTable.Row row : table.rows()) {
                            writeWeight(graph, row, WeightWriter.variable(model, row));
                          }
                          writeStructure(graph, config);
                        }))));
  }

  private static void writeWeight(CodedOutputStream graph, TensorTable.Row row, FloatTensor weight)
      throws IOException {
    boolean pooler = row.tensor().startsWith("pooler");
    boolean anonymous = row.transposed() && !pooler;
    String name = anonymous ? "onnx::MatMul_" + row.tensor().hashCode() : row.tensor();
    FloatTensor tensor = pooler && row.transposed() ? weight.transposed() : weight;
    ByteBuffer raw =
        ByteBuffer.allocate(tensor.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(tensor.values());
    writeMessage(graph, 5, tensor(name, 1, raw.array(), tensor.shape()));
    if (anonymous) {
      String layer = row.tensor().replaceAll("\\.weight$", "").replace('.', '/');
      writeMessage(graph, 1, node("MatMul", "/" + layer + "/MatMul", "", "x", name));
    }
  }

  private static void writeStructure(CodedOutputStream graph, EncoderConfig config)
      throws IOException {
    writeMessage(graph, 1, constant("heads", 7, number(config.numAttentionHeads())));
    writeMessage(graph, 1, constant("size", 7, number(config.headSize())));
    String concat = "/encoder/layer.0/attention/self/Concat";
    writeMessage(graph, 1, node("Concat", concat, "", "b", "s", "heads", "size"));
    String activation = "/encoder/layer.0/intermediate/intermediate_act_fn/Erf";
    writeMessage(graph, 1, node("Erf", activation, "", "x"));
    byte[] epsilon =
        ByteBuffer.allocate(Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat((float) config.layerNormEps())
            .array();
    writeMessage(graph, 1, constant("epsilon", 1, epsilon));
    writeMessage(graph, 1, node("Add", "/embeddings/LayerNorm/Add", "", "variance", "epsilon"));
    byte[] ids = new byte[config.maxPositionEmbeddings() * Long.BYTES];
    writeMessage(
        graph, 5, tensor("embeddings.position_ids", 7, ids, 1, config.maxPositionEmbeddings()));
  }

  static byte[] tensor(String name, int type, byte[] raw, long... shape) {
    return message(
        proto -> {
          for (long dimension : shape) {
            proto.writeInt64(1, dimension);
          }
          proto.writeInt32(2, type);
          proto.writeString(8, name);
          proto.writeByteArray(9, raw);
        });
  }

  private static byte[] constant(String output, int type, byte[] raw) {
    byte[] attribute =
        message(
            proto -> {
              proto.writeString(1, "value");
              proto.writeByteArray(5, tensor("", type, raw));
            });
    return message(
        proto -> {
          proto.writeString(2, output);
          proto.writeString(4, "Constant");
          proto.writeByteArray(5, attribute);
        });
  }

  private static byte[] node(String operation, String name, String output, String... inputs) {
    return message(
        proto -> {
          for (String input : inputs) {
            proto.writeString(1, input);
          }
          proto.writeString(2, output);
          proto.writeString(3, name);
          proto.writeString(4, operation);
        });
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  static void writeMessage(CodedOutputStream to, int field, byte[] message) throws IOException {
    to.writeByteArray(field, message);
  }

  static byte[] message(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream proto = CodedOutputStream.newInstance(bytes);
    try {
      content.to(proto);
      proto.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  interface Content {
    void to(CodedOutputStream proto) throws IOException;
  }
}
