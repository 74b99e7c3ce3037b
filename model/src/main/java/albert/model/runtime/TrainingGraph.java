package albert.model.runtime;

import albert.model.config.EncoderConfig;
import albert.model.graph.Gradients;
import albert.model.graph.Initializer;
import albert.model.graph.Kernels;
import albert.model.graph.NodeName;
import albert.model.graph.Replication;
import albert.model.graph.VariableStore;
import albert.model.graph.VariableStore.Variable;
import albert.model.head.Head;
import albert.model.head.Head.HeadOutput;
import albert.model.head.Labels;
import albert.model.layer.Building;
import albert.model.layer.Embeddings;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import albert.model.layer.Replica;
import albert.model.layer.TransformerEncoder;
import albert.model.optim.LayerwiseRates;
import albert.model.optim.Optimizer;
import albert.model.optim.StepScalars;
import albert.model.optim.UpdateRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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

  /** The graph that a session runs, by resolved options. */
  GraphDef toRun(RuntimeOptions runtime) {
    GraphDef ofOne = runtime.precision().rewritten(definition);
    return runtime.devices() == 1
        ? ofOne
        : Replication.apply(ofOne, ofEveryReplica(), runtime.deviceNames(), runtime.transport());
  }

  /** Operations that every replica of the model has to run, where there are several. */
  private List<String> ofEveryReplica() {
    Set<String> known = new HashSet<>();
    definition.getNodeList().forEach(node -> known.add(node.getName()));
    List<String> targets = new ArrayList<>();
    targets.addAll(
        List.of(
            UPDATE,
            ACCUMULATE,
            LossScale.SKIP,
            VariableStore.INITIALIZE,
            Checkpoint.RESTORE,
            VariableStore.assignName(OTHER_WORDS)));
    shapes.keySet().forEach(name -> targets.add(VariableStore.assignName(name)));
    targets.retainAll(known);
    return targets;
  }

  /** Bytes of the gradients by all weights that are trained. */
  long gradientBytes() {
    return trained.stream()
            .mapToLong(name -> Shape.of(Objects.requireNonNull(shapes.get(name))).size())
            .sum()
        * Float.BYTES;
  }

  /**
   * Builds a graph. In float16 its loss is scaled as the rule says.
   *
   * @param otherWords whether there are words besides those of the configuration
   * @param runtime resolved options
   */
  static TrainingGraph build(
      EncoderConfig config,
      List<Head> heads,
      UpdateRule rule,
      boolean otherWords,
      RuntimeOptions runtime) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      VariableStore store = new VariableStore(tf);
      EncoderInputs inputs = EncoderInputs.placeholders(tf);
      Labels labels = new Labels(tf);

      Outputs.evaluated(tf, config, store, inputs, heads, labels);
      Replica replica = Replica.of(tf, runtime.devices(), Head.together(heads), inputs);
      Building training = Building.training(tf, config, store, runtime.parts(), replica);
      Operand<TFloat32> loss = loss(training, replica.of(inputs), heads, labels.of(replica));
      List<Variable> variables = trained(store, graph, loss);
      addUpdate(graph, training, store, loss, variables, rule, otherWords, runtime);
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
    if (building.replica().isAlone()) {
      return building.tf().withName(LOSS).math.addN(losses);
    }
    Operand<TFloat32> own = building.tf().math.addN(losses);
    building.tf().withName(LOSS).identity(building.replica().total(own));
    return own;
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
      Building building,
      VariableStore store,
      Operand<TFloat32> loss,
      List<Variable> variables,
      UpdateRule rule,
      boolean otherWords,
      RuntimeOptions runtime) {
    Kernels kernels = building.kernels();
    Ops tf = kernels.tf();
    Optimizer optimizer = Optimizer.of(rule.optimizer());
    StepScalars rates = StepScalars.placeholders(tf);
    LayerwiseRates layerwise =
        new LayerwiseRates(building.config(), rule.layerwiseLrDecay(), rule.headRateFactor());
    LossScale scale =
        runtime.precision() == Precision.FLOAT16
            ? LossScale.build(kernels, store, rule.lossScaling())
            : null;
    GradientSums sums = gradients(graph, building, store, loss, variables, rule, scale);
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

  /** Those of all replicas, which an update takes: of the loss as it is, not as it is scaled. */
  private static GradientSums gradients(
      Graph graph,
      Building building,
      VariableStore store,
      Operand<TFloat32> loss,
      List<Variable> variables,
      UpdateRule rule,
      @Nullable LossScale scale) {
    Ops tf = building.tf();
    List<Operand<TFloat32>> by = variables.stream().map(Variable::read).toList();
    List<Operand<TFloat32>> own =
        scale == null
            ? Gradients.of(graph, loss, by)
            : scale.unscaled(Gradients.of(graph, scale.scaled(loss), by));
    List<Operand<TFloat32>> all = AllReduce.of(tf, building.replica(), variables, own);
    for (int i = 0; i < variables.size(); i++) {
      tf.withName(gradientName(variables.get(i).name())).identity(all.get(i));
    }
    if (!rule.accumulates() && scale == null) {
      return new GradientSums(all, List.of());
    }
    GradientSums sums =
        GradientSums.build(building.kernels(), store, variables, own, scale != null);
    return new GradientSums(
        AllReduce.of(tf, building.replica(), variables, sums.gradients()), sums.sums());
  }
}
