package albert.model.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Which operations of a graph need which, by name; control dependencies count. */
final class GraphLinks {
  private final Map<String, List<String>> inputs = new HashMap<>();
  private final Map<String, List<String>> readers = new HashMap<>();

  GraphLinks(GraphDef graph) {
    for (NodeDef node : graph.getNodeList()) {
      List<String> needed = node.getInputList().stream().map(GraphLinks::operation).toList();
      inputs.put(node.getName(), needed);
      needed.forEach(
          name -> readers.computeIfAbsent(name, made -> new ArrayList<>()).add(node.getName()));
    }
  }

  /** What an operation needs at once. */
  List<String> inputs(String operation) {
    List<String> found = inputs.get(operation);
    if (found == null) {
      throw new IllegalArgumentException("the graph has no operation " + operation);
    }
    return found;
  }

  /** What needs an operation at once. */
  List<String> readers(String operation) {
    return readers.getOrDefault(operation, List.of());
  }

  /** Operations and all that they need. */
  Set<String> before(Collection<String> operations) {
    return closure(operations, this::inputs);
  }

  /** Operations and all that needs them. */
  Set<String> after(Collection<String> operations) {
    return closure(operations, this::readers);
  }

  /** The operation in {@code name}, {@code name:1} or {@code ^name}. */
  static String operation(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int output = name.indexOf(':');
    return output < 0 ? name : name.substring(0, output);
  }

  private static Set<String> closure(
      Collection<String> operations, Function<String, List<String>> next) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(operations);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (found.add(name)) {
        next.apply(name).forEach(open::push);
      }
    }
    return found;
  }
}
