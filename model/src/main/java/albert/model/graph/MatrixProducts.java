package albert.model.graph;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Counts the floating-point operations of the matrix products in a graph, node by node, with the
 * shapes that TensorFlow infers: {@code 2 b m n k} for b products of [m, k] with [k, n], a
 * multiplication and its addition counting as two. Biases, norms, activations, softmax and the
 * optimizer's arithmetic are left out.
 *
 * <p>A shared layer has a node for each time that it runs, all of them reading one variable, and
 * counts that often. The graph has no loops, so that each node runs once a step; what the session
 * fuses into a product afterwards (bias, activation) leaves its shape alone.
 *
 * <p>Worked number: [128, 768] with [768, 3072] are 2 · 128 · 3072 · 768 = 603,979,776.
 */
public final class MatrixProducts {
  private static final Set<String> TYPES =
      Set.of("MatMul", "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3");

  private MatrixProducts() {}

  /**
   * Counts what must run for some operations, and nothing else.
   *
   * @param roots names of operations, which the graph has
   * @param fed shapes of what is fed, by placeholder
   * @throws IllegalStateException if the shape of a product does not follow from what is fed
   */
  public static long flops(GraphDef graph, Collection<String> roots, Map<String, Shape> fed) {
    GraphDef part = Subgraph.of(graph, roots);
    try (Graph imported = new Graph()) {
      imported.importGraphDef(shaped(part, fed));
      long flops = 0;
      for (NodeDef node : part.getNodeList()) {
        if (TYPES.contains(node.getOp())) {
          flops = Math.addExact(flops, flops(imported.operation(node.getName())));
        }
      }
      return flops;
    }
  }

  /**
   * A graph whose placeholders have the shapes of what is fed, so that those of the rest follow.
   */
  static GraphDef shaped(GraphDef graph, Map<String, Shape> fed) {
    GraphDef.Builder shaped = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> shaped.addNode(shaped(node, fed)));
    return shaped.build();
  }

  private static NodeDef shaped(NodeDef node, Map<String, Shape> fed) {
    Shape shape = node.getOp().equals("Placeholder") ? fed.get(node.getName()) : null;
    if (shape == null) {
      return node;
    }
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    for (long size : shape.asArray()) {
      proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return node.toBuilder()
        .putAttr("shape", AttrValue.newBuilder().setShape(proto).build())
        .build();
  }

  /** The output holds b, m and n; k is what is left of the left factor, transposed or not. */
  private static long flops(GraphOperation product) {
    Shape left = known(product, product.input(0).shape());
    Shape output = known(product, product.output(0).shape());
    long rows = output.get(-2);
    long inner = rows == 0 ? 0 : left.get(-2) * left.get(-1) / rows;
    return Math.multiplyExact(2 * inner, output.size());
  }

  private static Shape known(Operation product, Shape shape) {
    if (shape.isUnknown() || shape.hasUnknownDimension()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s %s has the shape %s, which does not follow from what is fed",
              product.type(),
              product.name(),
              shape));
    }
    return shape;
  }
}
