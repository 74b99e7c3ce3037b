package albert.model.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of a loss, for which the values of some blocks are computed a second time rather
 * than kept; see {@link Recomputation}.
 */
public final class BackwardPass {
  private final String loss;
  private final List<Operand<TFloat32>> gradients;
  private final List<List<Recomputation.Input>> parts;

  private BackwardPass(
      String loss, List<Operand<TFloat32>> gradients, List<List<Recomputation.Input>> parts) {
    this.loss = loss;
    this.gradients = gradients;
    this.parts = parts;
  }

  /**
   * Adds the gradients to the graph.
   *
   * @param loss float32 []
   * @param weights what to differentiate by
   * @param blockInputs for each part of the batch the inputs of its blocks, in the order in which
   *     these are applied; all blocks but a part's last one are computed again. Empty to keep all
   * @throws IllegalStateException if a weight does not influence the loss
   */
  public static BackwardPass of(
      Graph graph,
      Operand<TFloat32> loss,
      List<Operand<TFloat32>> weights,
      List<? extends List<Operand<TFloat32>>> blockInputs) {
    List<Operand<TFloat32>> by = new ArrayList<>(weights);
    blockInputs.forEach(by::addAll);
    List<Operand<TFloat32>> gradients = Gradients.of(graph, loss, by);
    List<List<Recomputation.Input>> parts = new ArrayList<>();
    int next = weights.size();
    for (List<Operand<TFloat32>> ofPart : blockInputs) {
      List<Recomputation.Input> inputs = new ArrayList<>();
      for (Operand<TFloat32> input : ofPart) {
        inputs.add(new Recomputation.Input(name(input), name(gradients.get(next++))));
      }
      parts.add(inputs);
    }
    return new BackwardPass(name(loss), List.copyOf(gradients.subList(0, weights.size())), parts);
  }

  /** One gradient a weight, each of the weight's shape. */
  public List<Operand<TFloat32>> gradients() {
    return gradients;
  }

  /** The graph with what is computed again. */
  public GraphDef recomputing(GraphDef built) {
    return parts.isEmpty()
        ? built
        : new Recomputation(built, loss, gradients.stream().map(BackwardPass::name).toList(), parts)
            .graph();
  }

  private static String name(Operand<?> operand) {
    return operand.op().name();
  }
}
