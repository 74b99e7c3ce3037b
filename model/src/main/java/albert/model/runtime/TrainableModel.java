package albert.model.runtime;

import albert.model.config.EncoderConfig;
import albert.model.graph.VariableStore;
import albert.model.head.Head;
import albert.model.layer.Dropout;
import albert.model.layer.Embeddings;
import albert.model.layer.EncoderInputs;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.StepScalars;
import albert.model.optim.UpdateRule;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model with trainable weights: encoder, heads, their summed loss and an optimizer.
 *
 * <p>A new model has no weights. {@link #initialize} draws them; {@link #assign} and {@link
 * #restore} set given ones. Batches are maps from placeholder to tensor: those of {@link
 * albert.model.layer.EncoderInputs} and the labels that each {@link Head} names.
 */
public final class TrainableModel implements AutoCloseable {
  private final GraphSession session;
  private final UpdateRule rule;
  private final MemoryNeeds needs;
  private final SortedMap<String, long[]> shapes;
  private final List<String> trained;
  private final long allReduceBytes;
  private final boolean dropsOut;
  private final @Nullable WordSubset words;
  private final @Nullable ScaledUpdate scaled;
  private @Nullable FloatTensor table;

  private TrainableModel(
      GraphSession session,
      UpdateRule rule,
      MemoryNeeds needs,
      TrainingGraph graph,
      SortedMap<String, long[]> shapes,
      @Nullable WordSubset words) {
    this.session = session;
    this.rule = rule;
    this.needs = needs;
    this.shapes = shapes;
    this.trained = graph.trained();
    this.allReduceBytes = needs.runtime().devices() == 1 ? 0 : graph.gradientBytes();
    this.dropsOut = session.has(Dropout.SEED);
    this.words = words;
    this.scaled = session.has(LossScale.SKIP) ? new ScaledUpdate(session, rule.optimizer()) : null;
  }

  /** Builds a model whose every batch is an update. */
  public static TrainableModel build(
      EncoderConfig config, List<Head> heads, OptimizerConfig optimizer, RuntimeOptions options) {
    return build(config, heads, UpdateRule.of(optimizer), options);
  }

  /**
   * Builds a model.
   *
   * @param heads what is trained; the loss is their losses' sum
   */
  public static TrainableModel build(
      EncoderConfig config, List<Head> heads, UpdateRule rule, RuntimeOptions options) {
    return build(config, heads, rule, options, null);
  }

  /**
   * Builds a model that is fed some words alone. Its weights are those of the whole vocabulary; the
   * word embedding table has to be given by {@link #assign}.
   *
   * @param heads what is trained; the loss is their losses' sum
   * @param words the words that are fed, null for all
   * @throws IllegalStateException if the optimizer can't leave words out
   */
  public static TrainableModel build(
      EncoderConfig config,
      List<Head> heads,
      UpdateRule rule,
      RuntimeOptions options,
      @Nullable WordSubset words) {
    RuntimeOptions resolved = options.resolve();
    EncoderConfig built = words == null ? config : words.narrowed(config);
    TrainingGraph graph = TrainingGraph.build(built, heads, rule, words != null, resolved);
    SortedMap<String, long[]> shapes = new TreeMap<>(graph.shapes());
    shapes.put(Embeddings.WORDS, new long[] {config.vocabSize(), config.embeddingSize()});
    int atOnce = Math.max(resolved.parts(), resolved.devices());
    return new TrainableModel(
        new GraphSession(graph.toRun(resolved), resolved, atOnce),
        rule,
        new MemoryNeeds(built, heads, resolved),
        graph,
        shapes,
        words);
  }

  /** The options this model runs with, nothing left to decide. */
  public RuntimeOptions runtime() {
    return needs.runtime();
  }

  /** Shapes of the weights by the published checkpoints' names. */
  public SortedMap<String, long[]> shapes() {
    return new TreeMap<>(shapes);
  }

  /** How many weights there are, heads included. */
  public long parameterCount() {
    return shapes.values().stream()
        .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
        .sum();
  }

  /** Bytes of gradients that a device gives to the sum of an update; none if it is the only one. */
  public long allReduceBytes() {
    return allReduceBytes;
  }

  /**
   * Floating-point operations of the encoder for one token of a forward pass, without pooler and
   * heads, counted over the matrix products of this graph.
   *
   * @param sequence tokens in a sequence, all of which attend to all
   * @see albert.model.graph.MatrixProducts
   */
  public long encoderFlopsPerToken(int sequence) {
    return session.flops(
            List.of(Outputs.operation(Outputs.SEQUENCE)), EncoderInputs.shapes(1, sequence))
        / sequence;
  }

  /** Gives every weight its initial value and sets the optimizer back. */
  public void initialize(long seed) {
    session.call().feed(VariableStore.SEED, seed).run(VariableStore.INITIALIZE);
  }

  /**
   * Sets weights; those not named keep their values.
   *
   * @throws IllegalArgumentException if a name is unknown or a shape differs
   */
  public void assign(Map<String, FloatTensor> weights) {
    weights.forEach((name, value) -> WeightShapes.require(shapes, name, value));
    Map<String, FloatTensor> own = new TreeMap<>(weights);
    FloatTensor whole = weights.get(Embeddings.WORDS);
    if (words != null && whole != null) {
      table = whole;
      own.put(Embeddings.WORDS, words.rows(whole));
      own.put(TrainingGraph.OTHER_WORDS, FloatTensor.of(new float[] {1}));
    }
    session.assign(own);
  }

  /** Copies all weights out. */
  public SortedMap<String, FloatTensor> weights() {
    List<FloatTensor> values =
        session.call().fetch(shapes.keySet().stream().map(VariableStore::readName).toList());
    SortedMap<String, FloatTensor> weights = new TreeMap<>();
    shapes.keySet().forEach(name -> weights.put(name, values.get(weights.size())));
    if (words != null) {
      weights.computeIfPresent(Embeddings.WORDS, (name, rows) -> whole(words, rows));
    }
    return weights;
  }

  private FloatTensor whole(WordSubset subset, FloatTensor rows) {
    if (table == null) {
      throw new IllegalStateException("the word embedding table has not been given");
    }
    float factor =
        session
            .call()
            .fetch(List.of(VariableStore.readName(TrainingGraph.OTHER_WORDS)))
            .get(0)
            .values()[0];
    return subset.table(rows, table, factor);
  }

  /**
   * One update, by this batch's gradient and those of the batches accumulated before.
   *
   * @throws OutOfMemoryException if the device has not enough memory for it
   */
  public StepResult step(Map<String, ? extends HostTensor> batch, StepSettings settings) {
    if (scaled != null) {
      return scaled.apply(accumulate(batch, settings), settings);
    }
    GraphSession.Call call = call(batch, settings);
    StepScalars.values(rule.optimizer(), settings.learningRate(), settings.step())
        .forEach(call::feed);
    List<FloatTensor> values =
        call.fetch(List.of(TrainingGraph.LOSS, TrainingGraph.GRADIENT_NORM), TrainingGraph.UPDATE);
    return new StepResult(values.get(0).values()[0], values.get(1).values()[0]);
  }

  /**
   * Adds this batch's share of the gradient to the sum that the next {@link #step} takes.
   *
   * @return the batch's loss
   * @throws IllegalStateException if the model was not built to accumulate
   * @throws OutOfMemoryException if the device has not enough memory for it
   */
  public float accumulate(Map<String, ? extends HostTensor> batch, StepSettings settings) {
    if (!session.has(TrainingGraph.ACCUMULATE)) {
      throw new IllegalStateException("the model was not built to accumulate gradients");
    }
    return call(batch, settings)
        .fetch(List.of(TrainingGraph.LOSS), TrainingGraph.ACCUMULATE)
        .get(0)
        .values()[0];
  }

  /** Steps that changed no weight, since gradients overflowed; null if the loss is not scaled. */
  public @Nullable Long skippedSteps() {
    return scaled == null ? null : scaled.skippedSteps();
  }

  private Map<String, ? extends HostTensor> fed(Map<String, ? extends HostTensor> batch) {
    return words == null ? batch : words.narrowed(batch);
  }

  private GraphSession.Call call(Map<String, ? extends HostTensor> batch, StepSettings settings) {
    GraphSession.Call call = training(batch, settings.dropoutSeed(), settings.batch());
    return session.has(TrainingGraph.SHARE)
        ? call.feed(TrainingGraph.SHARE, (float) settings.share())
        : call;
  }

  private GraphSession.Call training(
      Map<String, ? extends HostTensor> batch, long dropoutSeed, long number) {
    GraphSession.Call call = session.call().needing(() -> needs.training(batch)).feed(fed(batch));
    return dropsOut ? call.feed(Dropout.SEED, dropoutSeed, number) : call;
  }

  /**
   * The gradient of the loss by every weight that influences it, before clipping.
   *
   * @param dropoutSeed seed of dropout, at step 0
   * @return by name; that of the word embeddings has the rows of the words that are fed
   */
  public SortedMap<String, FloatTensor> gradients(
      Map<String, ? extends HostTensor> batch, long dropoutSeed) {
    List<FloatTensor> values =
        training(batch, dropoutSeed, 0)
            .fetch(trained.stream().map(TrainingGraph::gradientName).toList());
    SortedMap<String, FloatTensor> gradients = new TreeMap<>();
    trained.forEach(name -> gradients.put(name, values.get(gradients.size())));
    return gradients;
  }

  /**
   * Outputs of heads and encoder, without dropout. An {@link EvaluationModel} of the same weights
   * gives the same bits.
   *
   * @param outputs names as each {@link Head} and {@link Outputs} gives them
   * @throws OutOfMemoryException if the device has not enough memory for it
   */
  public Map<String, FloatTensor> predict(
      Map<String, ? extends HostTensor> batch, Collection<String> outputs) {
    return Outputs.fetch(
        session.call().needing(() -> needs.prediction(batch)).feed(fed(batch)), outputs);
  }

  /**
   * Writes weights, optimizer state and the number of updates done as a TensorFlow checkpoint.
   *
   * @param prefix of the files {@code .index} and {@code .data-…}, in a directory that exists
   */
  public void save(Path prefix, long step) {
    Checkpoint.save(session, prefix, step);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @return the number of updates done
   * @throws albert.model.config.ConfigException if this model is of float16, and the one that wrote
   *     was not
   */
  public long restore(Path prefix) {
    return Checkpoint.restore(session, prefix);
  }

  @Override
  public void close() {
    session.close();
  }
}
