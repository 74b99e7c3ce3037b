package albert.experiments.config;

import static albert.model.config.Range.between;
import static albert.model.config.Range.positive;
import static albert.model.config.Range.require;

import albert.model.config.ConfigException;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.runtime.Device;
import albert.model.runtime.Precision;
import albert.model.runtime.RuntimeOptions;

/**
 * How a model is trained and on what machine. Defaults, in {@link #DEFAULT}, are those that the
 * BERT paper (appendix A.3) and Hugging Face's trainer use for fine-tuning; tasks with published
 * hyperparameters have those instead, see {@link PublishedSettings}.
 *
 * @param epochs passes over the training examples
 * @param maxSteps optimizer steps; 0 leaves it to {@code epochs}
 * @param maxTrainExamples the first so many training examples are trained on; 0 for all
 * @param batchSize examples a batch
 * @param gradientAccumulationSteps batches a step; their gradients are summed up
 * @param learningRate the rate that warm-up leads towards; where there is a warm-up, {@link
 *     albert.model.optim.LearningRateSchedule} never reaches it
 * @param headLearningRate the same for the task's head, all weights above encoder and pooler; 0 for
 *     {@code learningRate}
 * @param optimizer AdamW or LAMB
 * @param biasCorrection whether AdamW corrects its moments for their start at 0, as PyTorch's does
 *     and Google's does not; LAMB never does
 * @param weightDecay decoupled weight decay, not applied to biases and layer norms
 * @param layerwiseLrDecay the rate of each layer is that of the layer above times this
 * @param warmupProportion part of all steps during which the rate rises from 0
 * @param warmupSteps steps during which the rate rises; 0 leaves it to {@code warmupProportion}
 * @param maxGradNorm gradients are scaled down to this global norm; 0 never does
 * @param classWeights what the classes' terms of the loss are multiplied by
 * @param maxSeqLength longest sequence in tokens, special tokens included; longer ones are cut
 * @param loggingSteps a line of {@code metrics.jsonl} is written every so many steps
 * @param evalSteps steps between two evaluations on dev; 0 evaluates after every epoch. The last
 *     step is always evaluated
 * @param earlyStoppingPatience training ends after so many evaluations in a row that are no better
 *     than the best before; 0 never ends it early
 * @param checkpointSteps steps between two checkpoints that a broken run goes on from; 0 for none
 * @param keep the weights that the finished run leaves; a study has a default of its own
 * @param predictParts the parts of the data that the best weights predict besides dev; a study has
 *     a default of its own
 * @param threads threads that TensorFlow uses; 0 is all cores
 * @param device where the model runs
 * @param devices how many devices share every batch, or all; see {@link DeviceCount}
 * @param precision type of the matrix products
 * @param specialInText whether special tokens in the texts ({@code [E1]}) become their ids
 */
public record TrainingConfig(
    int epochs,
    int maxSteps,
    int maxTrainExamples,
    int batchSize,
    int gradientAccumulationSteps,
    double learningRate,
    double headLearningRate,
    OptimizerConfig.Kind optimizer,
    boolean biasCorrection,
    double weightDecay,
    double layerwiseLrDecay,
    double warmupProportion,
    int warmupSteps,
    double maxGradNorm,
    ClassWeights classWeights,
    int maxSeqLength,
    int loggingSteps,
    int evalSteps,
    int earlyStoppingPatience,
    int checkpointSteps,
    Keep keep,
    PredictParts predictParts,
    int threads,
    Device device,
    String devices,
    Precision precision,
    boolean specialInText) {

  /** The defaults. */
  public static final TrainingConfig DEFAULT =
      new TrainingConfig(
          3,
          0,
          0,
          32,
          1,
          5e-5,
          0,
          OptimizerConfig.Kind.ADAMW,
          true,
          0.01,
          1.0,
          0.1,
          0,
          1.0,
          ClassWeights.NONE,
          128,
          10,
          0,
          0,
          500,
          Keep.BOTH,
          PredictParts.ALL,
          0,
          Device.AUTO,
          "1",
          Precision.AUTO,
          false);

  private static final int MANY = 100_000_000;

  /** Far more than a training can use, and few enough for float32. */
  private static final double MAX_HEAD_FACTOR = 1e9;

  /**
   * Checks every key.
   *
   * @throws ConfigException naming the key, the value found and what is allowed
   */
  public TrainingConfig {
    between("epochs", epochs, 1, 1_000_000);
    between("max_steps", maxSteps, 0, MANY);
    between("max_train_examples", maxTrainExamples, 0, MANY);
    between("batch_size", batchSize, 1, 65_536);
    between("gradient_accumulation_steps", gradientAccumulationSteps, 1, 65_536);
    positive("learning_rate", learningRate, 10);
    between("head_learning_rate", headLearningRate, 0, 10);
    require(
        headLearningRate <= MAX_HEAD_FACTOR * learningRate,
        "head_learning_rate",
        headLearningRate,
        "0 up to " + MAX_HEAD_FACTOR + " times learning_rate");
    between("weight_decay", weightDecay, 0, 1);
    positive("layerwise_lr_decay", layerwiseLrDecay, 1);
    between("warmup_proportion", warmupProportion, 0, 1);
    between("warmup_steps", warmupSteps, 0, MANY);
    between("max_grad_norm", maxGradNorm, 0, 1e9);
    between("max_seq_length", maxSeqLength, 3, 1_000_000);
    between("logging_steps", loggingSteps, 1, MANY);
    between("eval_steps", evalSteps, 0, MANY);
    between("early_stopping_patience", earlyStoppingPatience, 0, 1_000_000);
    between("checkpoint_steps", checkpointSteps, 0, MANY);
    between("threads", threads, 0, 1_024);
    DeviceCount.check(devices, batchSize);
  }

  /** What the model runs with. */
  public RuntimeOptions runtime() {
    return new RuntimeOptions(threads, device, precision, DeviceCount.of(devices));
  }

  /**
   * What the weights are updated with: the moments of the published code, and for AdamW with bias
   * correction the epsilon of {@code torch.optim.AdamW}.
   */
  public OptimizerConfig optimizerConfig() {
    OptimizerConfig published =
        optimizer == OptimizerConfig.Kind.ADAMW && biasCorrection
            ? OptimizerConfig.adamW()
            : OptimizerConfig.google(optimizer);
    return new OptimizerConfig(
        optimizer,
        weightDecay,
        published.beta1(),
        published.beta2(),
        published.epsilon(),
        maxGradNorm,
        published.biasCorrection());
  }

  /** How gradients become updates. */
  public UpdateRule updateRule() {
    double headRateFactor = headLearningRate > 0 ? headLearningRate / learningRate : 1;
    return new UpdateRule(
        optimizerConfig(), layerwiseLrDecay, headRateFactor, gradientAccumulationSteps > 1);
  }

  /**
   * Optimizer steps of a training: {@code max_steps}, else as many as the epochs need.
   *
   * @param examples that an epoch has
   */
  public long steps(long examples) {
    return maxSteps > 0 ? maxSteps : stepsPerEpoch(examples) * epochs;
  }

  /**
   * Optimizer steps of an epoch.
   *
   * @param examples that it has
   */
  public long stepsPerEpoch(long examples) {
    long batches = (examples + batchSize - 1) / batchSize;
    return (batches + gradientAccumulationSteps - 1) / gradientAccumulationSteps;
  }

  /** Steps of warm-up in a training. */
  public long warmup(long steps) {
    return warmupSteps > 0 ? Math.min(warmupSteps, steps) : Math.round(steps * warmupProportion);
  }
}
