package albert.model.io.onnx;

import albert.model.io.file.FormatProblem;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** What reading of protocol buffers without their classes needs. */
final class Proto {
  private Proto() {}

  /**
   * Skips a field. Groups, which proto3 has not, are refused: the library follows nested ones until
   * the stack is full.
   */
  static void skip(CodedInputStream proto, int tag) throws IOException {
    int type = WireFormat.getTagWireType(tag);
    if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
      throw new FormatProblem("it has a group, which the format has not");
    }
    proto.skipField(tag);
  }
}
