package albert.model.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Makes the backward pass of a graph read values that are computed a second time (Chen et al. 2016,
 * arXiv 1604.06174, section 4.1, with a segment for each block). Nothing else changes: the
 * gradients are those operations that TensorFlow derived, in their order, and what is computed
 * again is a copy of the operations that computed it first, with the same seeds. So in float32 on
 * one thread the gradients are equal bit for bit.
 *
 * <p>The copy of a block reads the block's input through an {@code Identity} that waits for the
 * backward pass of the block above, weights included. Without that the copy would run in the
 * forward pass, and TensorFlow would take it for what it is, a repetition, and leave it out.
 */
final class Recomputation {
  /** What the names of copies begin with. */
  static final String COPY = "recomputed/";

  private final GraphDef built;
  private final GraphLinks links;
  private final String loss;
  private final List<List<Input>> parts;
  private final Set<String> forward;
  private final Set<String> backward;

  /**
   * A block's input.
   *
   * @param name the operation whose first output it is
   * @param gradient the operation whose first output is the gradient by it
   */
  record Input(String name, String gradient) {}

  /**
   * @param built with gradients, before {@link GraphRewrite}
   * @param loss the loss's operation
   * @param gradients the operations of the gradients by the weights
   * @param parts for each part of the batch the inputs of its blocks, in the order in which these
   *     are applied
   */
  Recomputation(
      GraphDef built, String loss, Collection<String> gradients, List<List<Input>> parts) {
    this.built = built;
    this.links = new GraphLinks(built);
    this.loss = loss;
    this.parts = parts;
    this.forward = links.before(List.of(loss));
    this.backward = links.before(gradients);
    backward.removeAll(forward);
  }

  /** The graph, with the names of {@code built} and those of the copies. */
  GraphDef graph() {
    GraphDef.Builder graph = built.toBuilder().clearNode();
    Map<String, String> copies = new HashMap<>();
    for (int part = 0; part < parts.size(); part++) {
      for (int block = 0; block + 1 < parts.get(part).size(); block++) {
        Set<String> again = again(parts.get(part), block);
        NodeDef input = input(part, block);
        Map<String, String> names = new HashMap<>();
        again.forEach(name -> names.put(name, COPY + name));
        copies.putAll(names);
        names.put(parts.get(part).get(block).name(), input.getName());
        graph.addNode(input);
        for (NodeDef node : built.getNodeList()) {
          if (again.contains(node.getName())) {
            graph.addNode(reading(node, names).toBuilder().setName(COPY + node.getName()));
          }
        }
      }
    }
    for (NodeDef node : built.getNodeList()) {
      graph.addNode(backward.contains(node.getName()) ? reading(node, copies) : node);
    }
    return graph.build();
  }

  /** What of a block the backward pass reads, and what that is made of. */
  private Set<String> again(List<Input> inputs, int block) {
    Set<String> inside = links.after(List.of(inputs.get(block).name()));
    inside.retainAll(forward);
    inside.removeAll(links.after(List.of(inputs.get(block + 1).name())));
    inside.remove(inputs.get(block).name());
    List<String> read =
        inside.stream()
            .filter(name -> links.readers(name).stream().anyMatch(backward::contains))
            .toList();
    Set<String> again = links.before(read);
    again.retainAll(inside);
    return again;
  }

  /** A block's input, there when the block is to be computed again. */
  private NodeDef input(int part, int block) {
    Input kept = parts.get(part).get(block);
    NodeDef.Builder input =
        NodeDef.newBuilder()
            .setName(COPY + "input_" + part + "_" + block)
            .setOp("Identity")
            .putAttr("T", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
            .addInput(kept.name());
    done(part, block + 1).stream().sorted().forEach(name -> input.addInput("^" + name));
    return input.build();
  }

  /**
   * The last operations in the backward pass of a block, which is not a part's first one. Those of
   * the other parts are left out: parts do not wait for each other.
   */
  private Set<String> done(int part, int block) {
    List<Input> own = parts.get(part);
    boolean last = block + 1 == own.size();
    List<String> later = new ArrayList<>(List.of(own.get(block).gradient()));
    for (List<Input> other : parts) {
      if (other != own) {
        later.add(other.get(last ? block : block + 1).gradient());
      }
    }
    Set<String> ofBlock = links.after(List.of(last ? loss : own.get(block + 1).gradient()));
    ofBlock.retainAll(backward);
    ofBlock.removeAll(links.after(later));
    Set<String> done = new HashSet<>(Set.of(own.get(block).gradient()));
    for (String name : ofBlock) {
      if (links.readers(name).stream().noneMatch(ofBlock::contains)) {
        done.add(name);
      }
    }
    return done;
  }

  /** A node that reads others, where they have another name. */
  private static NodeDef reading(NodeDef node, Map<String, String> names) {
    NodeDef.Builder reading = node.toBuilder().clearInput();
    for (String input : node.getInputList()) {
      String operation = GraphLinks.operation(input);
      int from = input.indexOf(operation);
      reading.addInput(
          input.substring(0, from)
              + names.getOrDefault(operation, operation)
              + input.substring(from + operation.length()));
    }
    return reading.build();
  }
}
