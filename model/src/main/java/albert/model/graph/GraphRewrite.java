package albert.model.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Turns the graph that was built, gradients included, into the graph that runs.
 *
 * <ul>
 *   <li>Gradients of batched products come as {@code BatchMatMulV3} and sums as {@code Add}, for
 *       which there are no oneDNN kernels: they become {@code BatchMatMulV2} and {@code AddV2},
 *       which compute the same.
 *   <li>The gradient of a bias comes as {@code BiasAddGrad}, which in bfloat16 takes twice the time
 *       of {@code Sum}: there it becomes that. ({@link Kernels#biasAdd} takes matrices only.) In
 *       float32 it stays, being more exact.
 *   <li>Where TensorFlow's mixed precision computes products in a shorter type, those that {@link
 *       Kernels#float32MatMul} made become {@code BatchMatMulV3}, the product that mixed precision
 *       does not know: it takes every {@code MatMul}, {@code BatchMatMulV2} and {@code Einsum}.
 *       Nothing that follows such a product is shortened either, up to the next product. ({@link
 *       MixedPrecision} needs no such disguise: it is not TensorFlow's.)
 *   <li>The nodes that carry a {@link HandGradient}, and {@code StopGradient}, have done their
 *       work: whoever reads them reads their input instead.
 * </ul>
 */
public final class GraphRewrite {
  private static final String COLOCATION = "_class";
  private static final String ROWS = "rows_axis";

  private GraphRewrite() {}

  /** The type that TensorFlow's mixed precision computes products in. */
  public enum Products {
    /** No mixed precision. */
    FLOAT32,
    /** 16 bits on a CPU. */
    BFLOAT16
  }

  /** The graph to run in float32, with the names of {@code built}. */
  public static GraphDef apply(GraphDef built) {
    return apply(built, Products.FLOAT32);
  }

  /**
   * The graph to run, with the names of {@code built}.
   *
   * @param products what mixed precision will compute products in
   */
  public static GraphDef apply(GraphDef built, Products products) {
    Map<String, NodeDef> passThrough = new HashMap<>();
    for (NodeDef node : built.getNodeList()) {
      if (isPassThrough(node)) {
        passThrough.put(node.getName(), node);
      }
    }
    GraphDef.Builder graph = built.toBuilder().clearNode();
    if (products == Products.BFLOAT16) {
      graph.addNode(rows());
    }
    for (NodeDef node : built.getNodeList()) {
      if (!passThrough.containsKey(node.getName())) {
        graph.addNode(rewired(withKernel(node, products), passThrough));
      }
    }
    return graph.build();
  }

  private static boolean isPassThrough(NodeDef node) {
    return node.getOp().equals("StopGradient")
        || (node.getOp().equals("IdentityN") && HandGradient.names(node.getName()));
  }

  private static NodeDef withKernel(NodeDef node, Products products) {
    if (node.getOp().equals("Add")) {
      return node.toBuilder().setOp("AddV2").build();
    }
    if (products == Products.BFLOAT16 && Kernels.isFloat32Product(node.getName())) {
      return float32Product(node);
    }
    if (products == Products.BFLOAT16 && node.getOp().equals("BiasAddGrad")) {
      return node.toBuilder()
          .setOp("Sum")
          .removeAttr("data_format")
          .putAttr("Tidx", type(DataType.DT_INT32))
          .putAttr("keep_dims", AttrValue.newBuilder().setB(false).build())
          .addInput(ROWS)
          .build();
    }
    if (node.getOp().equals("BatchMatMulV3") && hasOneType(node)) {
      AttrValue type = node.getAttrOrThrow("Ta");
      return node.toBuilder()
          .setOp("BatchMatMulV2")
          .removeAttr("Ta")
          .removeAttr("Tb")
          .removeAttr("Tout")
          .putAttr("T", type)
          .build();
    }
    return node;
  }

  private static NodeDef float32Product(NodeDef matMul) {
    AttrValue type = matMul.getAttrOrThrow("T");
    return NodeDef.newBuilder()
        .setName(matMul.getName())
        .setOp("BatchMatMulV3")
        .addAllInput(matMul.getInputList())
        .putAttr("Ta", type)
        .putAttr("Tb", type)
        .putAttr("Tout", type)
        .putAttr("adj_x", matMul.getAttrOrThrow("transpose_a"))
        .putAttr("adj_y", matMul.getAttrOrThrow("transpose_b"))
        .build();
  }

  /** The constant 0, the axis along which the rows of a matrix lie. */
  private static NodeDef rows() {
    TensorProto zero = TensorProto.newBuilder().setDtype(DataType.DT_INT32).addIntVal(0).build();
    return NodeDef.newBuilder()
        .setName(ROWS)
        .setOp("Const")
        .putAttr("dtype", type(DataType.DT_INT32))
        .putAttr("value", AttrValue.newBuilder().setTensor(zero).build())
        .build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static boolean hasOneType(NodeDef node) {
    AttrValue type = node.getAttrOrThrow("Ta");
    return type.equals(node.getAttrOrThrow("Tb")) && type.equals(node.getAttrOrThrow("Tout"));
  }

  private static NodeDef rewired(NodeDef node, Map<String, NodeDef> passThrough) {
    List<String> inputs =
        node.getInputList().stream().map(input -> source(input, passThrough)).toList();
    return node.toBuilder().clearInput().addAllInput(inputs).removeAttr(COLOCATION).build();
  }

  /** Follows {@code name:port} through pass-through nodes. Control inputs {@code ^name} stay. */
  private static String source(String input, Map<String, NodeDef> passThrough) {
    String current = input;
    while (true) {
      boolean control = current.startsWith("^");
      int colon = current.indexOf(':');
      String name = current.substring(control ? 1 : 0, colon < 0 ? current.length() : colon);
      NodeDef node = passThrough.get(name);
      if (node == null) {
        return current;
      }
      int port = colon < 0 ? 0 : Integer.parseInt(current.substring(colon + 1));
      current = node.getInput(port);
      if (control) {
        int end = current.indexOf(':');
        current = "^" + (end < 0 ? current : current.substring(0, end));
      }
    }
  }
}
