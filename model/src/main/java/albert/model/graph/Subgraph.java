package albert.model.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The part of a graph that some of its operations need. */
public final class Subgraph {
  private Subgraph() {}

  /**
   * Leaves out every node that none of the roots depends on.
   *
   * @param roots names of operations, which the graph has
   */
  public static GraphDef of(GraphDef graph, Collection<String> roots) {
    Map<String, NodeDef> nodes = new HashMap<>();
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (needed.add(name)) {
        NodeDef node = nodes.get(name);
        if (node == null) {
          throw new IllegalArgumentException("the graph has no operation " + name);
        }
        node.getInputList().forEach(input -> open.push(operation(input)));
      }
    }
    GraphDef.Builder part = graph.toBuilder().clearNode();
    graph.getNodeList().stream()
        .filter(node -> needed.contains(node.getName()))
        .forEach(part::addNode);
    return part.build();
  }

  /** From {@code name}, {@code name:1} or {@code ^name}. */
  private static String operation(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int output = name.indexOf(':');
    return output < 0 ? name : name.substring(0, output);
  }
}
