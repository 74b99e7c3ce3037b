package albert.experiments.bench;

import albert.model.config.ComputeCost;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.StepMemory;
import albert.model.head.Head;
import albert.model.head.MaskedLmHead;
import albert.model.head.RegressionHead;
import albert.model.layer.EncoderInputs;
import albert.model.optim.OptimizerConfig;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.Outputs;
import albert.model.runtime.RuntimeOptions;
import albert.model.runtime.StepSettings;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One unit of work that is timed, over random tokens without padding.
 *
 * <p>{@link Mode#TRAIN} is one masked-LM step: forward, logits of every labelled position (15 % of
 * the tokens), loss, backward, AdamW without clipping; no dropout. {@link Mode#FORWARD} is encoder
 * and pooler with weights as constants.
 */
public abstract sealed class Workload implements AutoCloseable {

  private static final double LABELLED = 0.15;
  private static final double LEARNING_RATE = 1e-4;
  private static final long SEED = 1;
  private static final int MAX_BATCH = 65_536;

  private final RuntimeOptions runtime;
  private final double flops;

  private Workload(RuntimeOptions runtime, double flops) {
    this.runtime = runtime;
    this.flops = flops;
  }

  /** What a unit of work is. */
  public enum Mode {
    /** A training step. */
    TRAIN,
    /** Inference. */
    FORWARD
  }

  /**
   * Builds the model and the batch.
   *
   * @param batch sequences
   * @param sequence tokens in each
   * @throws ConfigException if there are fewer positions than tokens
   */
  public static Workload of(
      EncoderConfig config, Mode mode, int batch, int sequence, RuntimeOptions options) {
    EncoderConfig still = still(config);
    ComputeCost cost = cost(still, batch, sequence);
    return switch (mode) {
      case TRAIN -> new Train(still, batch, sequence, options, cost);
      case FORWARD -> new Forward(still, batch, sequence, options, cost);
    };
  }

  /** The same architecture without dropout, as it is measured. */
  static EncoderConfig still(EncoderConfig config) {
    return config.toBuilder().hiddenDropoutProb(0).attentionProbsDropoutProb(0).build();
  }

  /**
   * What a sequence costs.
   *
   * @throws ConfigException if there are fewer positions than tokens, or too many sequences
   */
  static ComputeCost cost(EncoderConfig config, int batch, int sequence) {
    if (batch < 1 || batch > MAX_BATCH) {
      throw new ConfigException(
          "batch",
          String.format(Locale.ROOT, "batch is %d, allowed are 1 to %d", batch, MAX_BATCH));
    }
    return ComputeCost.of(config, sequence);
  }

  /** What a unit needs at least. */
  static StepMemory memory(EncoderConfig config, Mode mode, int sequence) {
    int labels = labelled(sequence);
    return switch (mode) {
      case TRAIN ->
          StepMemory.training(config, sequence, new StepMemory.Reading(false, labels, labels));
      case FORWARD -> StepMemory.prediction(config, sequence);
    };
  }

  /** Does it once. */
  public abstract void run();

  /** What {@code auto} resolved to. */
  public final RuntimeOptions runtime() {
    return runtime;
  }

  /** Floating-point operations of one unit. */
  public final double flops() {
    return flops;
  }

  @Override
  public abstract void close();

  /** A training step. */
  private static final class Train extends Workload {
    private final TrainableModel model;
    private final Map<String, HostTensor> feed;
    private long step;

    Train(EncoderConfig config, int batch, int sequence, RuntimeOptions options, ComputeCost cost) {
      this(
          config,
          batch,
          sequence,
          cost,
          TrainableModel.build(config, List.of((Head) new MaskedLmHead()), optimizer(), options));
    }

    private Train(
        EncoderConfig config, int batch, int sequence, ComputeCost cost, TrainableModel model) {
      super(model.runtime(), batch * cost.trainingPerSequence(labelled(sequence)));
      this.model = model;
      model.initialize(SEED);
      feed = new TreeMap<>(inputs(config, batch, sequence));
      addLabels(feed, config, batch, sequence);
    }

    @Override
    public void run() {
      model.step(feed, new StepSettings(LEARNING_RATE, step++, SEED));
    }

    @Override
    public void close() {
      model.close();
    }

    private static OptimizerConfig optimizer() {
      OptimizerConfig usual = OptimizerConfig.adamW();
      return new OptimizerConfig(
          usual.kind(),
          usual.weightDecay(),
          usual.beta1(),
          usual.beta2(),
          usual.epsilon(),
          0,
          usual.biasCorrection());
    }
  }

  /** Inference. */
  private static final class Forward extends Workload {
    private final FrozenModel model;
    private final Map<String, HostTensor> feed;

    Forward(
        EncoderConfig config, int batch, int sequence, RuntimeOptions options, ComputeCost cost) {
      this(
          FrozenModel.of(config, List.of(), weights(config, options), options),
          inputs(config, batch, sequence),
          batch * cost.forwardPerSequence(0));
    }

    private Forward(FrozenModel model, Map<String, HostTensor> feed, double flops) {
      super(model.runtime(), flops);
      this.model = model;
      this.feed = feed;
    }

    @Override
    public void run() {
      model.predict(feed, List.of(Outputs.SEQUENCE, Outputs.POOLED));
    }

    @Override
    public void close() {
      model.close();
    }

    /** Those of encoder and pooler, which comes with a head that reads it. */
    private static Map<String, FloatTensor> weights(EncoderConfig config, RuntimeOptions options) {
      try (TrainableModel model =
          TrainableModel.build(
              config, List.of(new RegressionHead()), OptimizerConfig.adamW(), options)) {
        model.initialize(SEED);
        return model.weights();
      }
    }
  }

  private static int labelled(int sequence) {
    return Math.max(1, (int) Math.round(LABELLED * sequence));
  }

  private static Map<String, HostTensor> inputs(EncoderConfig config, int batch, int sequence) {
    int[] ones = new int[batch * sequence];
    Arrays.fill(ones, 1);
    return Map.of(
        EncoderInputs.INPUT_IDS,
        IntTensor.of(tokens(config, batch * sequence), batch, sequence),
        EncoderInputs.ATTENTION_MASK,
        IntTensor.of(ones, batch, sequence),
        EncoderInputs.TOKEN_TYPE_IDS,
        IntTensor.of(new int[batch * sequence], batch, sequence));
  }

  private static void addLabels(
      Map<String, HostTensor> feed, EncoderConfig config, int batch, int sequence) {
    int labels = labelled(sequence);
    int[] positions = new int[batch * labels];
    Random random = new Random(SEED);
    for (int row = 0; row < batch; row++) {
      int[] drawn = random.ints(0, sequence).distinct().limit(labels).sorted().toArray();
      System.arraycopy(drawn, 0, positions, row * labels, labels);
    }
    float[] weights = new float[batch * labels];
    Arrays.fill(weights, 1);
    feed.put(MaskedLmHead.POSITIONS, IntTensor.of(positions, batch, labels));
    feed.put(MaskedLmHead.IDS, IntTensor.of(tokens(config, batch * labels), batch, labels));
    feed.put(MaskedLmHead.WEIGHTS, FloatTensor.of(weights, batch, labels));
  }

  private static int[] tokens(EncoderConfig config, int count) {
    return new Random(SEED).ints(count, 0, config.vocabSize()).toArray();
  }
}
