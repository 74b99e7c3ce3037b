package albert.model.runtime;

import albert.model.config.EncoderConfig;
import albert.model.graph.Gradients;
import albert.model.graph.Initializer;
import albert.model.graph.Kernels;
import albert.model.graph.NodeName;
import albert.model.graph.VariableStore;
import albert.model.graph.VariableStore.Variable;
import albert.model.head.Head;
import albert.model.head.Head.HeadOutput;
import albert.model.head.Labels;
import albert.model.layer.Building;
import albert.model.layer.Embeddings;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import albert.model.layer.TransformerEncoder;
import albert.model.optim.LayerwiseRates;
import albert.model.optim.Optimizer;
import albert.model.optim.StepScalars;
import albert.model.optim.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/**
 * The graph of a model in training: the encoder and its heads twice over the same variables, with
 * dropout for the loss and without for outputs; gradients, update, checkpoint.
 *
 * @param definition as built, before {@link albert.model.graph.GraphRewrite}
 * @param shapes of the weights by name
 * @param trained names of the weights that influence the loss
 */
record TrainingGraph(GraphDef definition, SortedMap<String, long[]> shapes, List<String> trained) {
  /** Output: the summed loss, float32 []. */
  static final String LOSS = "training.loss";

  /** Output: the gradients' global norm before clipping, float32 []. */
  static final String GRADIENT_NORM = "training.gradient_norm";

  /** Target: one update. */
  static final String UPDATE = "training.update";

  /** Target: adds this batch's share of the gradients to the sums. */
  static final String ACCUMULATE = "training.accumulate";

  /** Placeholder float32 []: the share; only in a graph that accumulates or scales its loss. */
  static final String SHARE = "training.share";

  /**
   * The variable of what the words that do not occur were multiplied by, float32 []; only in a
   * graph of a {@link WordSubset}.
   */
  static final String OTHER_WORDS = "training.other_words";

  /** Output: the gradient by a variable. */
  static String gradientName(String variable) {
    return NodeName.of(variable) + ".gradient";
  }

  /**
   * Builds a graph whose loss is not scaled.
   *
   * @param otherWords whether there are words besides those of the configuration
   * @param parts how many parts of a batch are trained on side by side
   */
  static TrainingGraph build(
      EncoderConfig config, List<Head> heads, UpdateRule rule, boolean otherWords, int parts) {
    return build(config, heads, rule, otherWords, parts, false);
  }

  /**
   * Builds.
   *
   * @param otherWords whether there are words besides those of the configuration
   * @param parts how many parts of a batch are trained on side by side
   * @param scalesLoss whether the loss is scaled as the rule says
   */
  static TrainingGraph build(
      EncoderConfig config,
      List<Head> heads,
      UpdateRule rule,
      boolean otherWords,
      int parts,
      boolean scalesLoss) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      VariableStore store = new VariableStore(tf);
      EncoderInputs inputs = EncoderInputs.placeholders(tf);
      Labels labels = new Labels(tf);

      Outputs.evaluated(tf, config, store, inputs, heads, labels);
      Building training = Building.training(tf, config, store, parts);
      Operand<TFloat32> loss = loss(training, inputs, heads, labels);
      List<Variable> variables = trained(store, graph, loss);
      addUpdate(
          graph, training.kernels(), store, loss, variables, config, rule, otherWords, scalesLoss);
      Checkpoint.build(tf, store.all());
      store.addInitializeTarget();

      SortedMap<String, long[]> shapes = new TreeMap<>();
      store.variables().forEach((name, v) -> shapes.put(name, v.shape().asArray()));
      return new TrainingGraph(
          graph.toGraphDef(), shapes, variables.stream().map(Variable::name).toList());
    }
  }

  private static Operand<TFloat32> loss(
      Building building, EncoderInputs inputs, List<Head> heads, Labels labels) {
    EncoderOutput encoder =
        new TransformerEncoder(building).apply(inputs, Head.readEveryToken(heads));
    List<Operand<TFloat32>> losses =
        heads.stream()
            .map(head -> head.apply(building, inputs, encoder, labels))
            .map(HeadOutput::loss)
            .toList();
    return building.tf().withName(LOSS).math.addN(losses);
  }

  /** The weights that influence the loss. */
  private static List<Variable> trained(VariableStore store, Graph graph, Operand<TFloat32> loss) {
    Set<GraphOperation> before = graph.subgraphTo(Set.of(loss));
    return store.variables().values().stream()
        .filter(variable -> before.contains((GraphOperation) variable.read().op()))
        .toList();
  }

  private static void addUpdate(
      Graph graph,
      Kernels kernels,
      VariableStore store,
      Operand<TFloat32> loss,
      List<Variable> variables,
      EncoderConfig config,
      UpdateRule rule,
      boolean otherWords,
      boolean scalesLoss) {
    Ops tf = kernels.tf();
    Optimizer optimizer = Optimizer.of(rule.optimizer());
    StepScalars rates = StepScalars.placeholders(tf);
    LayerwiseRates layerwise =
        new LayerwiseRates(config, rule.layerwiseLrDecay(), rule.headRateFactor());
    LossScale scale = scalesLoss ? LossScale.build(kernels, store, rule.lossScaling()) : null;
    List<Operand<TFloat32>> gradients = gradients(graph, tf, loss, variables, scale);
    GradientSums sums =
        rule.accumulates() || scale != null
            ? GradientSums.build(kernels, store, variables, gradients, scale != null)
            : new GradientSums(gradients, List.of());
    Optimizer.Updates updates =
        optimizer.apply(
            kernels,
            store,
            variables,
            sums.gradients(),
            rule.optimizer().maxGradNorm(),
            rates,
            layerwise);
    tf.withName(GRADIENT_NORM).identity(updates.gradientNorm());
    List<Op> last = new ArrayList<>(sums.emptied(tf, updates.operations()));
    if (otherWords) {
      Variable factor = store.slot(OTHER_WORDS, Initializer.ones(), Shape.scalar());
      StepScalars own = rates.withRateTimes(tf, layerwise.applyAsDouble(Embeddings.WORDS));
      last.add(optimizer.decay(kernels, factor, own));
    }
    if (scale != null) {
      last.addAll(scale.updated());
      scale.addSkip(sums);
    }
    tf.withControlDependencies(last).withName(UPDATE).noOp();
  }

  /** The gradients by name, of the loss as it is. */
  private static List<Operand<TFloat32>> gradients(
      Graph graph,
      Ops tf,
      Operand<TFloat32> loss,
      List<Variable> variables,
      @Nullable LossScale scale) {
    List<Operand<TFloat32>> by = variables.stream().map(Variable::read).toList();
    List<Operand<TFloat32>> gradients =
        scale == null
            ? Gradients.of(graph, loss, by)
            : scale.unscaled(Gradients.of(graph, scale.scaled(loss), by));
    for (int i = 0; i < variables.size(); i++) {
      tf.withName(gradientName(variables.get(i).name())).identity(gradients.get(i));
    }
    return gradients;
  }
}
