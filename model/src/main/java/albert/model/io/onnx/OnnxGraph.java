package albert.model.io.onnx;

import albert.model.io.file.Dtype;
import albert.model.io.file.FormatProblem;
import albert.model.io.file.ModelFileException;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The initializers and nodes of an ONNX file (onnx.proto3: ModelProto.graph 7; GraphProto.node 1,
 * initializer 5; NodeProto input 1, output 2, name 3, op_type 4, attribute 5; AttributeProto.t 5;
 * TensorProto dims 1, data_type 2, name 8, raw_data 9, data_location 14), read without ONNX's
 * classes. Values stay in the file's bytes until they are asked for.
 */
final class OnnxGraph {
  private static final int INT64 = 7;
  // an empty message takes two bytes of a file and a hundred of memory
  private static final int MOST_MESSAGES = 200_000;
  private static final int MOST_PARTS = 16;

  /** A tensor. Its type is absent if weights have none such. */
  record Tensor(String name, List<Long> shape, int type, ByteString bytes) {
    Optional<Dtype> dtype() {
      return switch (type) {
        case 1 -> Optional.of(Dtype.F32);
        case 10 -> Optional.of(Dtype.F16);
        case 11 -> Optional.of(Dtype.F64);
        case 16 -> Optional.of(Dtype.BF16);
        default -> Optional.empty();
      };
    }

    ByteBuffer buffer() {
      return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Its only value, if it is one of int64. */
    Optional<Long> onlyLong() {
      return type == INT64 && bytes.size() == Long.BYTES
          ? Optional.of(buffer().getLong())
          : Optional.empty();
    }

    /** Its only value, if it is one of float32. */
    Optional<Float> onlyFloat() {
      return dtype().equals(Optional.of(Dtype.F32)) && bytes.size() == Float.BYTES
          ? Optional.of(buffer().getFloat())
          : Optional.empty();
    }
  }

  /** An operation. */
  record Node(String operation, String name, List<String> inputs) {}

  private final Map<String, Tensor> initializers = new LinkedHashMap<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  private OnnxGraph() {}

  /**
   * Reads a model.
   *
   * @throws FormatProblem if it is not a sound one
   * @throws IOException of protobuf, likewise
   */
  static OnnxGraph read(ByteString model) throws IOException {
    OnnxGraph graph = new OnnxGraph();
    CodedInputStream proto = input(model);
    boolean found = false;
    for (int tag = proto.readTag(); tag != 0; tag = proto.readTag()) {
      if (isMessage(tag, 7)) {
        found = true;
        graph.readGraph(input(proto.readBytes()));
      } else {
        Proto.skip(proto, tag);
      }
    }
    if (!found) {
      throw new FormatProblem("there is no graph in it");
    }
    return graph;
  }

  Map<String, Tensor> initializers() {
    return initializers;
  }

  /** Values of Constant nodes by the name of their output. */
  Map<String, Tensor> constants() {
    return constants;
  }

  List<Node> nodes() {
    return nodes;
  }

  private void readGraph(CodedInputStream proto) throws IOException {
    for (int tag = proto.readTag(); tag != 0; tag = proto.readTag()) {
      if (isMessage(tag, 1)) {
        readNode(input(proto.readBytes()));
      } else if (isMessage(tag, 5)) {
        Tensor tensor = readTensor(input(proto.readBytes()));
        if (initializers.put(tensor.name(), tensor) != null) {
          throw new FormatProblem(
              String.format(
                  Locale.ROOT,
                  "initializer %s is there twice",
                  ModelFileException.quote(tensor.name())));
        }
      } else {
        Proto.skip(proto, tag);
      }
      if (nodes.size() + initializers.size() > MOST_MESSAGES) {
        throw new FormatProblem(
            String.format(
                Locale.ROOT, "it has more than %d nodes and initializers", MOST_MESSAGES));
      }
    }
  }

  private void readNode(CodedInputStream proto) throws IOException {
    List<String> inputs = new ArrayList<>();
    String output = "";
    String name = "";
    String operation = "";
    Optional<Tensor> value = Optional.empty();
    for (int tag = proto.readTag(); tag != 0; tag = proto.readTag()) {
      if (isMessage(tag, 1) && inputs.size() < MOST_PARTS) {
        inputs.add(proto.readStringRequireUtf8());
      } else if (isMessage(tag, 2)) {
        output = proto.readStringRequireUtf8();
      } else if (isMessage(tag, 3)) {
        name = proto.readStringRequireUtf8();
      } else if (isMessage(tag, 4)) {
        operation = proto.readStringRequireUtf8();
      } else if (isMessage(tag, 5)) {
        value = readAttribute(input(proto.readBytes()));
      } else {
        Proto.skip(proto, tag);
      }
    }
    nodes.add(new Node(operation, name, List.copyOf(inputs)));
    if (operation.equals("Constant") && value.isPresent()) {
      constants.put(output, value.get());
    }
  }

  private static Optional<Tensor> readAttribute(CodedInputStream proto) throws IOException {
    Optional<Tensor> value = Optional.empty();
    for (int tag = proto.readTag(); tag != 0; tag = proto.readTag()) {
      if (isMessage(tag, 5)) {
        value = Optional.of(readTensor(input(proto.readBytes())));
      } else {
        Proto.skip(proto, tag);
      }
    }
    return value;
  }

  private static Tensor readTensor(CodedInputStream proto) throws IOException {
    List<Long> shape = new ArrayList<>();
    int type = 0;
    String name = "";
    ByteString bytes = ByteString.EMPTY;
    for (int tag = proto.readTag(); tag != 0; tag = proto.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> readDimensions(proto, tag, shape);
        case 2 -> type = proto.readInt32();
        case 8 -> name = proto.readStringRequireUtf8();
        case 9 -> bytes = proto.readBytes();
        case 14 -> {
          if (proto.readEnum() != 0) {
            throw new FormatProblem("its values are in another file, allowed are values in it");
          }
        }
        default -> Proto.skip(proto, tag);
      }
    }
    return new Tensor(name, List.copyOf(shape), type, bytes);
  }

  private static void readDimensions(CodedInputStream proto, int tag, List<Long> shape)
      throws IOException {
    CodedInputStream dimensions = isMessage(tag, 1) ? input(proto.readBytes()) : proto;
    do {
      if (shape.size() == MOST_PARTS) {
        throw new FormatProblem(
            String.format(Locale.ROOT, "a tensor has more than %d dimensions", MOST_PARTS));
      }
      shape.add(dimensions.readInt64());
    } while (dimensions != proto && !dimensions.isAtEnd());
  }

  private static boolean isMessage(int tag, int field) {
    return tag == ((field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED);
  }

  private static CodedInputStream input(ByteString bytes) {
    CodedInputStream proto = bytes.newCodedInput();
    proto.enableAliasing(true);
    return proto;
  }
}
