package albert.model.graph;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Copies what trains a model, variables included, to several devices of one process: synchronous
 * data parallelism (arXiv 1604.00981) in one graph. A graph is built for one replica, which asks
 * for its {@link #rank} and for {@link #sum sums over all replicas}; this turns the sums into
 * TensorFlow's collective all-reduce ({@code CollectiveReduceV2}).
 *
 * <p>What is fed stays one placeholder for all. Node {@code NAME} of replica 0 keeps its name, that
 * of replica 2 is {@code replica_2/NAME}. Whoever runs a target, or fetches a sum, runs that of
 * every replica. All other nodes stay as they are, without a device.
 */
public final class Replication {
  private static final String RANK = "replica_rank";
  private static final String SUM = "sum_over_replicas";
  private static final String REDUCE = "/reduce";

  /** Which devices reduce together; there is one group. */
  private static final int GROUP = 1;

  private final Set<String> copied = new HashSet<>();
  private final List<String> sums;
  private final Set<String> targets;
  private final List<String> devices;
  private final Transport transport;

  /** What carries a sum from device to device. */
  public enum Transport {
    /** TensorFlow's ring, for CPUs. */
    RING,
    /** NVIDIA's library, for GPUs. */
    NCCL
  }

  private Replication(
      GraphDef graph, Collection<String> targets, List<String> devices, Transport transport) {
    this.targets = Set.copyOf(targets);
    this.devices = devices;
    this.transport = transport;
    sums = graph.getNodeList().stream().map(NodeDef::getName).filter(Replication::isSum).toList();
    List<String> roots = new ArrayList<>(targets);
    roots.addAll(sums);
    for (NodeDef node : Subgraph.of(graph, roots).getNodeList()) {
      if (!node.getOp().equals("Placeholder")) {
        copied.add(node.getName());
      }
    }
  }

  /** int32 []: the number of the replica that asks, from 0; in the graph as built it is 0. */
  public static Operand<TInt32> rank(Ops tf) {
    return tf.withName(RANK).constant(0);
  }

  /**
   * The sum of every replica's x, of which no gradient can be taken; in the graph as built, x.
   *
   * @param x float32, of the same shape in every replica
   */
  public static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    return tf.withName(SUM).identity(tf.stopGradient(x));
  }

  /**
   * The graph that runs on several devices.
   *
   * @param graph of one replica
   * @param targets operations that every replica has to run
   * @param devices one a replica, as {@code /device:GPU:0}
   * @param transport what carries the sums
   */
  public static GraphDef apply(
      GraphDef graph, Collection<String> targets, List<String> devices, Transport transport) {
    return new Replication(graph, targets, devices, transport).applied(graph);
  }

  private GraphDef applied(GraphDef graph) {
    GraphDef.Builder all = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      if (!copied.contains(node.getName())) {
        all.addNode(node);
        continue;
      }
      for (int replica = 0; replica < devices.size(); replica++) {
        if (isSum(node.getName())) {
          all.addAllNode(sum(node, replica));
        } else {
          all.addNode(copy(node, replica));
        }
      }
    }
    return all.build();
  }

  private NodeDef copy(NodeDef node, int replica) {
    NodeDef.Builder copy = placed(node.toBuilder(), node.getName(), replica).clearInput();
    node.getInputList().forEach(input -> copy.addInput(input(input, replica)));
    if (node.getName().equals(RANK)) {
      copy.putAttr("value", number(replica));
    }
    if (node.getOp().equals("VarHandleOp")) {
      String shared = node.getAttrOrThrow("shared_name").getS().toStringUtf8();
      copy.putAttr("shared_name", text(name(shared, replica)));
    }
    if (replica == 0 && targets.contains(node.getName())) {
      others(node.getName()).forEach(copy::addInput);
    }
    return copy.build();
  }

  /** The all-reduce with its three numbers, and the node that gives its value. */
  private List<NodeDef> sum(NodeDef node, int replica) {
    String reduce = node.getName() + REDUCE;
    List<NodeDef> nodes = new ArrayList<>();
    NodeDef.Builder all =
        placed(NodeDef.newBuilder().setOp("CollectiveReduceV2"), reduce, replica)
            .addInput(input(node.getInput(0), replica))
            .putAttr("T", node.getAttrOrThrow("T"))
            .putAttr("merge_op", text("Add"))
            .putAttr("final_op", text("Id"))
            .putAttr("communication_hint", text(transport.name().toLowerCase(Locale.ROOT)))
            .putAttr("Nordering_token", AttrValue.newBuilder().setI(0).build());
    for (int value : new int[] {devices.size(), GROUP, sums.indexOf(node.getName())}) {
      String constant = reduce + "/" + nodes.size();
      nodes.add(
          placed(NodeDef.newBuilder().setOp("Const"), constant, replica)
              .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_INT32).build())
              .putAttr("value", number(value))
              .build());
      all.addInput(name(constant, replica));
    }
    nodes.add(all.build());
    NodeDef.Builder value =
        placed(node.toBuilder(), node.getName(), replica)
            .clearInput()
            .addInput(name(reduce, replica));
    if (replica == 0) {
      others(reduce).forEach(value::addInput);
    }
    nodes.add(value.build());
    return nodes;
  }

  private NodeDef.Builder placed(NodeDef.Builder node, String name, int replica) {
    return node.setName(name(name, replica)).setDevice(devices.get(replica));
  }

  /** Control inputs: a node of every other replica but the first. */
  private List<String> others(String node) {
    List<String> others = new ArrayList<>();
    for (int replica = 1; replica < devices.size(); replica++) {
      others.add("^" + name(node, replica));
    }
    return others;
  }

  private String input(String input, int replica) {
    boolean control = input.startsWith("^");
    String port = control ? input.substring(1) : input;
    int colon = port.indexOf(':');
    String node = colon < 0 ? port : port.substring(0, colon);
    return copied.contains(node) ? (control ? "^" : "") + name(port, replica) : input;
  }

  private static String name(String node, int replica) {
    return replica == 0 ? node : "replica_" + replica + "/" + node;
  }

  private static boolean isSum(String node) {
    return node.startsWith(SUM);
  }

  private static AttrValue number(int value) {
    TensorProto scalar =
        TensorProto.newBuilder().setDtype(DataType.DT_INT32).addIntVal(value).build();
    return AttrValue.newBuilder().setTensor(scalar).build();
  }

  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }
}
