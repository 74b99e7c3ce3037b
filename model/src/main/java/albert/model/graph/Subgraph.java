package albert.model.graph;

import java.util.Collection;
import java.util.Set;
import org.tensorflow.proto.GraphDef;

/** The part of a graph that some of its operations need. */
public final class Subgraph {
  private Subgraph() {}

  /**
   * Leaves out every node that none of the roots depends on.
   *
   * @param roots names of operations, which the graph has
   */
  public static GraphDef of(GraphDef graph, Collection<String> roots) {
    Set<String> needed = new GraphLinks(graph).before(roots);
    GraphDef.Builder part = graph.toBuilder().clearNode();
    graph.getNodeList().stream()
        .filter(node -> needed.contains(node.getName()))
        .forEach(part::addNode);
    return part.build();
  }
}
