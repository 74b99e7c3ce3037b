package albert.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/** Which nodes of a small graph become float16. */
final class MixedPrecisionTest {
  private final Map<String, NodeDef> nodes = new TreeMap<>();

  /** Two layers of one kernel, a sum with what is float32, a softmax, and a layer in float32. */
  private static GraphDef graph() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Kernels kernels = new Kernels(tf);
      Operand<TFloat32> x =
          tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4)));
      Operand<TFloat32> kernel = variable(tf, "kernel", 4, 4);
      Operand<TFloat32> bias = variable(tf, "bias", 4);
      Operand<TFloat32> first = tf.withName("first").linalg.matMul(x, kernel);
      Operand<TFloat32> biased =
          tf.withName("biased").nn.biasAdd(first, tf.withName("doubled").math.mul(bias, two(tf)));
      Operand<TFloat32> turned = tf.withName("turned").reshape(biased, kernels.ints(-1, 4));
      Operand<TFloat32> second = tf.withName("second").linalg.matMul(turned, kernel);
      Operand<TFloat32> sum = tf.withName("sum").math.add(second, x);
      Operand<TFloat32> soft = tf.withName("soft").nn.softmax(biased);
      tf.withName("output").identity(tf.withName("product").math.mul(soft, sum));
      Operand<TFloat32> last = kernels.float32MatMul(turned, kernel, false);
      tf.withName("last").identity(last);
      Operand<TFloat32> third =
          tf.withName("third").linalg.matMul(second, kernel, MatMul.transposeB(true));
      tf.withName("scaled").math.mul(third, tf.math.reciprocal(two(tf)));
      return GraphRewrite.apply(graph.toGraphDef());
    }
  }

  private static Operand<TFloat32> two(Ops tf) {
    return tf.constant(2f);
  }

  private static Operand<TFloat32> variable(Ops tf, String name, long... shape) {
    return tf.withName(name)
        .readVariableOp(tf.varHandleOp(TFloat32.class, Shape.of(shape)), TFloat32.class);
  }

  MixedPrecisionTest() {
    for (NodeDef node : MixedPrecision.apply(graph()).getNodeList()) {
      nodes.put(node.getName(), node);
    }
  }

  private NodeDef node(String name) {
    return Objects.requireNonNull(nodes.get(name), name);
  }

  private DataType type(String name) {
    return node(name).getAttrOrThrow("T").getType();
  }

  @Test
  void productsAndWhatFollowsThemAreFloat16() {
    assertThat(List.of("first", "biased", "turned", "second", "third"))
        .allSatisfy(name -> assertThat(type(name)).isEqualTo(DataType.DT_HALF));
    assertThat(node("turned").getInput(0)).isEqualTo("biased");
    assertThat(node(node("turned").getInput(1)).getAttrOrThrow("dtype").getType())
        .isEqualTo(DataType.DT_INT32);
  }

  @Test
  void everythingElseIsFloat32() {
    assertThat(List.of("sum", "soft", "product", "output", "last", "doubled", "scaled"))
        .allSatisfy(name -> assertThat(type(name)).isEqualTo(DataType.DT_FLOAT));
    assertThat(node("sum").getInputList()).containsExactly("second.to_float32", "x");
    assertThat(node("scaled").getInput(0)).isEqualTo("third.to_float32");
  }

  @Test
  void theLastLayerOfAHeadIsFloat32() {
    NodeDef product = node(node("last").getInput(0));
    assertThat(product.getName()).isEqualTo("float32_product");
    assertThat(product.getOp()).isEqualTo("MatMul");
    assertThat(product.getAttrOrThrow("T").getType()).isEqualTo(DataType.DT_FLOAT);
    assertThat(product.getInputList()).containsExactly("turned.to_float32", "kernel");
  }

  @Test
  void aTensorIsConvertedOnce() {
    assertThat(node("first").getInputList()).containsExactly("x.to_float16", "kernel.to_float16");
    assertThat(node("second").getInputList()).containsExactly("turned", "kernel.to_float16");
    assertThat(nodes.values().stream().filter(node -> node.getOp().equals("Cast")))
        .extracting(NodeDef::getName)
        .containsExactlyInAnyOrder(
            "x.to_float16",
            "kernel.to_float16",
            "doubled.to_float16",
            "biased.to_float32",
            "turned.to_float32",
            "second.to_float32",
            "third.to_float32");
  }

  /** A sum of ones in float16 ends at 2,048, where the next number is 2,050. */
  @Test
  void productsAreSummedInFloat32() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> ones = tf.fill(tf.constant(new int[] {1, 4096}), tf.constant(1f));
      Operand<TFloat32> column = tf.reshape(ones, tf.constant(new int[] {4096, 1}));
      tf.withName("sum").identity(tf.linalg.matMul(ones, column));
      Operand<TFloat32> batch = tf.reshape(ones, tf.constant(new int[] {1, 1, 4096}));
      tf.withName("sums").identity(new Kernels(tf).batchMatMul(batch, batch, true));
      GraphDef rewritten = MixedPrecision.apply(GraphRewrite.apply(graph.toGraphDef()));
      try (Graph imported = new Graph()) {
        imported.importGraphDef(rewritten);
        try (Session session = new Session(imported);
            Result result = session.runner().fetch("sum").fetch("sums").run()) {
          assertThat(((TFloat32) result.get(0)).getFloat(0, 0)).isEqualTo(4096);
          assertThat(((TFloat32) result.get(1)).getFloat(0, 0, 0)).isEqualTo(4096);
        }
      }
    }
  }

  @Test
  void aNodeBeforeItsInputIsRefused() {
    GraphDef built = graph();
    GraphDef.Builder reversed = built.toBuilder().clearNode();
    for (int i = built.getNodeCount() - 1; i >= 0; i--) {
      reversed.addNode(built.getNode(i));
    }
    assertThatThrownBy(() -> MixedPrecision.apply(reversed.build()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is read before it is made");
  }
}
