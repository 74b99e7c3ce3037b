package albert.model.graph;

import static albert.model.graph.MixedPrecision.Operands.ALL;
import static albert.model.graph.MixedPrecision.Operands.ALL_BUT_LAST;
import static albert.model.graph.MixedPrecision.Operands.FIRST;
import static albert.model.graph.MixedPrecision.Operands.SECOND;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Computes matrix products in float16, on every device alike.
 *
 * <ul>
 *   <li>A product is float16, but for those that {@link Kernels#float32MatMul} made.
 *   <li>An operation that {@link #FOLLOWING} names is float16 if one of its operands is, and the
 *       others are too, or are <em>neutral</em>: constants, variables, and what such operations
 *       make of these alone. So a bias follows its product, and a sum with a float32 tensor is
 *       float32.
 *   <li>Everything else stays float32: layer norm, softmax, squares and exponentials, losses, sums
 *       over rows, gradients of weights once they leave their product, the optimizer.
 * </ul>
 *
 * <p>A tensor is converted once, however many read it. Nodes keep their names. Without shapes, the
 * result depends on the graph alone.
 *
 * <p>The choice of operations follows TensorFlow's own lists ({@code
 * tensorflow/core/grappler/optimizers/auto_mixed_precision_lists.h}: allowed, inferred, clear,
 * denied). Differs from it: TensorFlow converts the other operands of an inferred operation to
 * float16; here, as in PyTorch's {@code torch.amp}, the wider type wins. TensorFlow's pass does
 * nothing on a CPU, so no test would see what it does on a GPU.
 */
public final class MixedPrecision {
  private static final Set<String> PRODUCTS = Set.of("MatMul", "BatchMatMulV2");

  /** Operations that may follow a product, with their operands of its type. */
  private static final Map<String, Operands> FOLLOWING =
      Map.ofEntries(
          Map.entry("BiasAdd", ALL),
          Map.entry("AddV2", ALL),
          Map.entry("Sub", ALL),
          Map.entry("Mul", ALL),
          Map.entry("Neg", ALL),
          Map.entry("Relu", ALL),
          Map.entry("ReluGrad", ALL),
          Map.entry("Erf", ALL),
          Map.entry("Tanh", ALL),
          Map.entry("TanhGrad", ALL),
          Map.entry("Reshape", FIRST),
          Map.entry("Transpose", FIRST),
          Map.entry("Squeeze", FIRST),
          Map.entry("ExpandDims", FIRST),
          Map.entry("Slice", FIRST),
          Map.entry("StridedSlice", FIRST),
          Map.entry("Pad", FIRST),
          Map.entry("Split", SECOND),
          Map.entry("ConcatV2", ALL_BUT_LAST));

  private final GraphDef.Builder graph;
  private final Map<String, Kind> kinds = new HashMap<>();
  private final Set<String> casts = new TreeSet<>();

  /** What the outputs of a node are. */
  private enum Kind {
    FLOAT16,
    NEUTRAL,
    /** Float32, or no float at all. */
    OTHER
  }

  /** Which inputs of an operation have its type {@code T}. */
  enum Operands {
    ALL,
    FIRST,
    SECOND,
    ALL_BUT_LAST;

    boolean contain(int index, int inputs) {
      return switch (this) {
        case ALL -> true;
        case FIRST -> index == 0;
        case SECOND -> index == 1;
        case ALL_BUT_LAST -> index < inputs - 1;
      };
    }
  }

  private MixedPrecision(GraphDef.Builder graph) {
    this.graph = graph;
  }

  /**
   * The graph with products in float16.
   *
   * @param float32 the graph as {@link GraphRewrite} leaves it, each node after its inputs
   * @throws IllegalStateException if a node comes before one of its inputs
   */
  public static GraphDef apply(GraphDef float32) {
    MixedPrecision rewrite = new MixedPrecision(float32.toBuilder().clearNode());
    float32.getNodeList().forEach(rewrite::add);
    return rewrite.graph.build();
  }

  private void add(NodeDef node) {
    Set<Kind> read = EnumSet.noneOf(Kind.class);
    operands(node).forEach(index -> read.add(kind(node.getInput(index))));
    boolean follows = read.contains(Kind.FLOAT16) && !read.contains(Kind.OTHER);
    if (isProduct(node) || follows) {
      addFloat16(node);
    } else {
      addUnchanged(node);
      kinds.put(node.getName(), isNeutral(node, read) ? Kind.NEUTRAL : Kind.OTHER);
    }
  }

  private static boolean isProduct(NodeDef node) {
    return PRODUCTS.contains(node.getOp())
        && isFloat(node)
        && !Kernels.isFloat32Product(node.getName());
  }

  private static boolean isNeutral(NodeDef node, Set<Kind> read) {
    return node.getOp().equals("Const")
        || node.getOp().equals("ReadVariableOp")
        || read.equals(EnumSet.of(Kind.NEUTRAL));
  }

  private void addFloat16(NodeDef node) {
    List<String> inputs = new ArrayList<>(node.getInputList());
    for (int index : operands(node)) {
      if (kind(inputs.get(index)) != Kind.FLOAT16) {
        inputs.set(index, cast(inputs.get(index), DataType.DT_FLOAT, DataType.DT_HALF));
      }
    }
    graph.addNode(
        node.toBuilder()
            .clearInput()
            .addAllInput(inputs)
            .putAttr("T", type(DataType.DT_HALF))
            .build());
    kinds.put(node.getName(), Kind.FLOAT16);
  }

  /** A node that reads float32 only. */
  private void addUnchanged(NodeDef node) {
    List<String> inputs =
        node.getInputList().stream()
            .map(
                input ->
                    !input.startsWith("^") && kind(input) == Kind.FLOAT16
                        ? cast(input, DataType.DT_HALF, DataType.DT_FLOAT)
                        : input)
            .toList();
    graph.addNode(node.toBuilder().clearInput().addAllInput(inputs).build());
  }

  /** Indices of the inputs of a product, or of an operation that may follow one. */
  private static List<Integer> operands(NodeDef node) {
    Operands operands = isProduct(node) ? ALL : FOLLOWING.get(node.getOp());
    if (operands == null || !isFloat(node)) {
      return List.of();
    }
    int inputs = (int) node.getInputList().stream().filter(input -> !input.startsWith("^")).count();
    return IntStream.range(0, inputs)
        .filter(index -> operands.contain(index, inputs))
        .boxed()
        .toList();
  }

  private static boolean isFloat(NodeDef node) {
    return node.getAttrOrDefault("T", AttrValue.getDefaultInstance()).getType()
        == DataType.DT_FLOAT;
  }

  private Kind kind(String input) {
    int colon = input.indexOf(':');
    Kind kind = kinds.get(colon < 0 ? input : input.substring(0, colon));
    if (kind == null) {
      throw new IllegalStateException(input + " is read before it is made");
    }
    return kind;
  }

  /** The tensor in another type, converted where it was not before. */
  private String cast(String tensor, DataType from, DataType to) {
    String name =
        tensor.replace(':', '.') + (to == DataType.DT_HALF ? ".to_float16" : ".to_float32");
    if (casts.add(name)) {
      graph.addNode(
          NodeDef.newBuilder()
              .setName(name)
              .setOp("Cast")
              .addInput(tensor)
              .putAttr("SrcT", type(from))
              .putAttr("DstT", type(to))
              .putAttr("Truncate", AttrValue.newBuilder().setB(false).build()));
    }
    return name;
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }
}
