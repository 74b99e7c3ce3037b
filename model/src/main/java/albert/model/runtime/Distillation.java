package albert.model.runtime;

import albert.model.config.EncoderConfig;
import albert.model.graph.Gradients;
import albert.model.graph.Kernels;
import albert.model.graph.VariableStore;
import albert.model.graph.VariableStore.Variable;
import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.TransformerEncoder;
import albert.model.optim.Optimizer;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.StepScalars;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A student encoder that learns the hidden states of a teacher with as many layers and the same
 * width (TinyBERT, arXiv 1909.10351, equation 8, every layer with its own). The teacher's states
 * come with the batch, from {@link HiddenStates}: students of one teacher can share them.
 *
 * <p>The distance at a hidden state is the mean squared difference over the tokens that are not
 * padding, as a part of the teacher's mean square there; the loss is the mean distance over the
 * states that are matched.
 *
 * <p>Where float16 is asked for, products are float32: a distance at a state is a mean over all of
 * its values, so that the gradients of each are too small for float16 without a {@link LossScale}.
 *
 * <p>Differs from the paper: attention maps and embeddings are not matched, and no dropout is
 * applied.
 */
public final class Distillation implements AutoCloseable {
  private static final String WANTED = "wanted.";
  private static final String DISTANCE = "distance.";
  private static final String LOSS = "training.loss";
  private static final String UPDATE = "training.update";

  private final GraphSession session;
  private final OptimizerConfig optimizer;
  private final List<String> trained;
  private final Lesson lesson;

  private Distillation(
      GraphSession session, OptimizerConfig optimizer, List<String> trained, Lesson lesson) {
    this.session = session;
    this.optimizer = optimizer;
    this.trained = trained;
    this.lesson = lesson;
  }

  /**
   * An encoder with its weights.
   *
   * @param config its architecture; dropout is not applied
   * @param weights by the published names
   */
  public record Encoder(EncoderConfig config, Map<String, FloatTensor> weights) {}

  /**
   * What a student learns.
   *
   * @param firstState the first hidden state that is matched, 0 for the first block's input
   * @param lastState the last one
   * @param trained which variables change, by name; the others stay as they are
   */
  public record Lesson(int firstState, int lastState, Predicate<String> trained) {}

  /**
   * Builds the student and gives it its weights.
   *
   * @throws IllegalArgumentException if weights are missing or of another shape
   */
  public static Distillation build(
      Encoder student, Lesson lesson, OptimizerConfig optimizer, RuntimeOptions options) {
    EncoderConfig still =
        student.config().toBuilder().hiddenDropoutProb(0).attentionProbsDropoutProb(0).build();
    RuntimeOptions resolved = withoutFloat16(options.resolve());
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      EncoderInputs inputs = EncoderInputs.placeholders(tf);
      VariableStore variables = new VariableStore(tf);
      Building training = Building.training(tf, still, variables, resolved.parts());
      List<Operand<TFloat32>> learnt =
          new TransformerEncoder(training).apply(inputs, true).hidden();
      List<Operand<TFloat32>> wanted = wanted(tf, learnt.size(), still.hiddenSize());
      SortedMap<String, FloatTensor> start = new TreeMap<>();
      List<Variable> trained = new ArrayList<>();
      for (Variable variable : variables.variables().values()) {
        String name = variable.name();
        start.put(name, weight(student, name, variable));
        if (lesson.trained().test(name)) {
          trained.add(variable);
        }
      }
      build(
          graph,
          training.kernels(),
          variables,
          trained,
          distances(training.kernels(), inputs, learnt, wanted),
          lesson,
          optimizer);
      Distillation distillation =
          new Distillation(
              new GraphSession(
                  resolved.precision().rewritten(graph.toGraphDef()), resolved, resolved.parts()),
              optimizer,
              trained.stream().map(Variable::name).toList(),
              lesson);
      distillation.initialize(start);
      return distillation;
    }
  }

  static RuntimeOptions withoutFloat16(RuntimeOptions resolved) {
    return resolved.precision() == Precision.FLOAT16
        ? new RuntimeOptions(resolved.threads(), resolved.device(), Precision.FLOAT32)
        : resolved;
  }

  private static FloatTensor weight(Encoder encoder, String name, Variable variable) {
    FloatTensor weight = encoder.weights().get(name);
    if (weight == null || !Arrays.equals(weight.shape(), variable.shape().asArray())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s is %s, needed is %s",
              name,
              weight == null ? "missing" : weight,
              variable.shape()));
    }
    return weight;
  }

  private static List<Operand<TFloat32>> wanted(Ops tf, int states, long width) {
    List<Operand<TFloat32>> wanted = new ArrayList<>();
    for (int state = 0; state < states; state++) {
      wanted.add(
          tf.withName(WANTED + state)
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width))));
    }
    return wanted;
  }

  /** What it learns. */
  public Lesson lesson() {
    return lesson;
  }

  /**
   * One update.
   *
   * @param wanted the teacher's states from the lesson's first to its last, [tokens, hidden] each
   * @return the loss before it
   */
  public double step(
      Map<String, ? extends HostTensor> batch,
      List<FloatTensor> wanted,
      double learningRate,
      long step) {
    GraphSession.Call call = call(batch, wanted, lesson.firstState());
    StepScalars.values(optimizer, learningRate, step).forEach(call::feed);
    return call.fetch(List.of(LOSS), UPDATE).get(0).values()[0];
  }

  /**
   * The distance at every hidden state.
   *
   * @param wanted the teacher's states, all of them
   */
  public List<Double> distances(Map<String, ? extends HostTensor> batch, List<FloatTensor> wanted) {
    List<String> names = IntStream.range(0, wanted.size()).mapToObj(i -> DISTANCE + i).toList();
    return call(batch, wanted, 0).fetch(names).stream()
        .map(value -> (double) value.values()[0])
        .toList();
  }

  private GraphSession.Call call(
      Map<String, ? extends HostTensor> batch, List<FloatTensor> wanted, int first) {
    GraphSession.Call call = session.call().feed(batch);
    for (int i = 0; i < wanted.size(); i++) {
      call.feed(Map.of(WANTED + (first + i), wanted.get(i)));
    }
    return call;
  }

  /** Copies the weights that change out. */
  public SortedMap<String, FloatTensor> weights() {
    List<FloatTensor> values =
        session.call().fetch(trained.stream().map(VariableStore::readName).toList());
    SortedMap<String, FloatTensor> weights = new TreeMap<>();
    for (int i = 0; i < trained.size(); i++) {
      weights.put(trained.get(i), values.get(i));
    }
    return weights;
  }

  @Override
  public void close() {
    session.close();
  }

  private void initialize(SortedMap<String, FloatTensor> start) {
    session.call().feed(VariableStore.SEED, 0L).run(VariableStore.INITIALIZE);
    GraphSession.Call call = session.call();
    start.forEach((name, value) -> call.feed(Map.of(VariableStore.feedName(name), value)));
    call.run(start.keySet().stream().map(VariableStore::assignName).toArray(String[]::new));
  }

  private static List<Operand<TFloat32>> distances(
      Kernels kernels,
      EncoderInputs inputs,
      List<Operand<TFloat32>> learnt,
      List<Operand<TFloat32>> wanted) {
    Ops tf = kernels.tf();
    Operand<TFloat32> tokens =
        tf.dtypes.cast(tf.reshape(inputs.attentionMask(), kernels.ints(-1, 1)), TFloat32.class);
    List<Operand<TFloat32>> distances = new ArrayList<>();
    for (int state = 0; state < learnt.size(); state++) {
      Operand<TFloat32> missed = tf.math.sub(learnt.get(state), wanted.get(state));
      distances.add(
          tf.withName(DISTANCE + state)
              .math
              .div(
                  tf.nn.l2Loss(tf.math.mul(missed, tokens)),
                  tf.nn.l2Loss(tf.math.mul(wanted.get(state), tokens))));
    }
    return distances;
  }

  private static void build(
      Graph graph,
      Kernels kernels,
      VariableStore variables,
      List<Variable> trained,
      List<Operand<TFloat32>> distances,
      Lesson lesson,
      OptimizerConfig optimizer) {
    Ops tf = kernels.tf();
    List<Operand<TFloat32>> matched =
        distances.subList(lesson.firstState(), lesson.lastState() + 1);
    Operand<TFloat32> loss =
        tf.withName(LOSS).math.mul(tf.math.addN(matched), kernels.constant(1.0 / matched.size()));
    List<Operand<TFloat32>> gradients =
        Gradients.of(graph, loss, trained.stream().map(Variable::read).toList());
    Optimizer.Updates updates =
        Optimizer.of(optimizer)
            .apply(
                kernels,
                variables,
                trained,
                gradients,
                optimizer.maxGradNorm(),
                StepScalars.placeholders(tf),
                name -> 1);
    tf.withControlDependencies(updates.operations()).withName(UPDATE).noOp();
    variables.addInitializeTarget();
  }
}
