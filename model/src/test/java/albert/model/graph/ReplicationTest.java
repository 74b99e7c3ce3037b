package albert.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.graph.Replication.Transport;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/** A graph of one replica becomes one of several. */
final class ReplicationTest {
  private static final List<String> DEVICES =
      List.of("/device:CPU:0", "/device:CPU:1", "/device:CPU:2");

  /** Each replica sets its own variable to fed · (rank + 1), and all sum their variables up. */
  @Test
  void everyReplicaHasItsOwnRankVariableAndDevice() {
    GraphDef replicated = Replication.apply(ofOne(), List.of("set"), DEVICES, Transport.RING);
    Map<String, NodeDef> nodes =
        replicated.getNodeList().stream().collect(Collectors.toMap(NodeDef::getName, n -> n));
    assertThat(nodes.keySet().stream().filter(name -> name.endsWith("fed"))).containsExactly("fed");
    assertThat(node(nodes, "fed").getDevice()).isEmpty();
    assertThat(node(nodes, "after").getDevice()).isEmpty();
    for (int replica = 0; replica < DEVICES.size(); replica++) {
      String prefix = replica == 0 ? "" : "replica_" + replica + "/";
      assertThat(node(nodes, prefix + "variable").getDevice()).isEqualTo(DEVICES.get(replica));
    }
    assertThat(run(replicated)).isEqualTo(5 * (1 + 2 + 3) + 100);
  }

  private static NodeDef node(Map<String, NodeDef> nodes, String name) {
    assertThat(nodes).containsKey(name);
    return nodes.getOrDefault(name, NodeDef.getDefaultInstance());
  }

  private static GraphDef ofOne() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> fed =
          tf.withName("fed").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      Operand<TFloat32> rank = tf.dtypes.cast(Replication.rank(tf), TFloat32.class);
      Operand<TFloat32> own = tf.math.mul(fed, tf.math.add(rank, tf.constant(1f)));
      var variable =
          tf.withName("variable")
              .varHandleOp(TFloat32.class, Shape.scalar(), VarHandleOp.sharedName("shared"));
      tf.withName("set").assignVariableOp(variable, own);
      Operand<TFloat32> sum = Replication.sum(tf, tf.readVariableOp(variable, TFloat32.class));
      tf.withName("after").math.add(sum, tf.constant(100f));
      return graph.toGraphDef();
    }
  }

  private static float run(GraphDef definition) {
    ConfigProto config =
        ConfigProto.newBuilder()
            .putDeviceCount("CPU", DEVICES.size())
            .setAllowSoftPlacement(true)
            .build();
    try (Graph graph = new Graph()) {
      graph.importGraphDef(definition);
      try (Session session = new Session(graph, config);
          TFloat32 five = TFloat32.scalarOf(5)) {
        session.runner().feed("fed", five).addTarget("set").run().close();
        try (Result result = session.runner().fetch("after").run()) {
          return ((TFloat32) result.get(0)).getFloat();
        }
      }
    }
  }
}
