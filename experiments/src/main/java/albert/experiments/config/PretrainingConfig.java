package albert.experiments.config;

import static albert.model.config.Range.between;
import static albert.model.config.Range.positive;

import albert.datasets.pretraining.CorpusFormat;
import albert.datasets.pretraining.ExampleSettings;
import albert.datasets.pretraining.PairObjective;
import albert.model.config.ConfigException;
import albert.model.optim.LearningRateSchedule;
import albert.model.optim.OptimizerConfig;
import albert.model.optim.UpdateRule;
import albert.model.runtime.Device;
import albert.model.runtime.Precision;
import albert.model.runtime.RuntimeOptions;

/**
 * How a model is pretrained. Defaults, in {@link #DEFAULT}, are those of ALBERT's paper (section
 * 4.1) and published code, but for the number of steps and the batch, which are for one machine.
 *
 * @param objective what the pairs of segments are trained on, besides masked words
 * @param maxSteps optimizer steps
 * @param batchSize examples a batch
 * @param gradientAccumulationSteps batches a step; their gradients are averaged
 * @param learningRate the rate that warm-up leads towards; where there is a warm-up, {@link
 *     LearningRateSchedule} never reaches it
 * @param optimizer AdamW or LAMB
 * @param weightDecay decoupled weight decay, not applied to biases and layer norms
 * @param warmupSteps steps during which the rate rises from 0
 * @param decayPower power of the decay to 0 that follows; 1 is linear
 * @param maxGradNorm gradients are scaled down to this global norm; 0 never does
 * @param dropoutSteps steps after which dropout is removed; 0 keeps it to the end
 * @param maxSeqLength longest sequence in tokens, special tokens included
 * @param maxPredictionsPerSeq most masked tokens a sequence; 0 is the published number, 20, and 77
 *     for 512 tokens
 * @param maskedLmProb part of the tokens that is masked
 * @param maxNgram words masked in a row, at most
 * @param wholeWordMasking whether the pieces of a word are masked together
 * @param shortSeqProb part of the sequences that aim at a random shorter length
 * @param dynamicMasking whether examples are drawn anew each epoch
 * @param corpusFormat how files are cut into documents and sentences
 * @param shuffleBuffer examples that are mixed at a time
 * @param heldOutProportion part of the documents that is held out for evaluation
 * @param evalExamples held-out examples evaluated, at most
 * @param evalSteps steps between two evaluations; 0 evaluates after the last step alone
 * @param checkpointSteps steps between two checkpoints
 * @param keepCheckpoints checkpoints kept, the newest ones
 * @param loggingSteps a line of {@code metrics.jsonl} is written every so many steps
 * @param threads threads that TensorFlow uses; 0 is all cores
 * @param device where the model runs
 * @param devices how many devices share every batch, or all; see {@link DeviceCount}
 * @param precision type of the matrix products
 */
public record PretrainingConfig(
    PairObjective objective,
    int maxSteps,
    int batchSize,
    int gradientAccumulationSteps,
    double learningRate,
    OptimizerConfig.Kind optimizer,
    double weightDecay,
    int warmupSteps,
    double decayPower,
    double maxGradNorm,
    int dropoutSteps,
    int maxSeqLength,
    int maxPredictionsPerSeq,
    double maskedLmProb,
    int maxNgram,
    boolean wholeWordMasking,
    double shortSeqProb,
    boolean dynamicMasking,
    CorpusFormat corpusFormat,
    int shuffleBuffer,
    double heldOutProportion,
    int evalExamples,
    int evalSteps,
    int checkpointSteps,
    int keepCheckpoints,
    int loggingSteps,
    int threads,
    Device device,
    String devices,
    Precision precision) {

  /** The defaults. */
  public static final PretrainingConfig DEFAULT =
      new PretrainingConfig(
          PairObjective.SENTENCE_ORDER,
          10_000,
          32,
          1,
          1.76e-3,
          OptimizerConfig.Kind.LAMB,
          0.01,
          300,
          1.0,
          1.0,
          0,
          128,
          0,
          0.15,
          3,
          true,
          0.1,
          true,
          CorpusFormat.AUTO,
          8_192,
          0.05,
          512,
          500,
          500,
          2,
          10,
          0,
          Device.AUTO,
          "1",
          Precision.AUTO);

  private static final int MANY = 100_000_000;
  private static final int SHORTEST = 8;

  /**
   * Checks every key.
   *
   * @throws ConfigException naming the key, the value found and what is allowed
   */
  public PretrainingConfig {
    between("max_steps", maxSteps, 1, MANY);
    between("batch_size", batchSize, 1, 65_536);
    between("gradient_accumulation_steps", gradientAccumulationSteps, 1, 65_536);
    positive("learning_rate", learningRate, 10);
    between("weight_decay", weightDecay, 0, 1);
    between("warmup_steps", warmupSteps, 0, maxSteps);
    positive("decay_power", decayPower, 100);
    between("max_grad_norm", maxGradNorm, 0, 1e9);
    between("dropout_steps", dropoutSteps, 0, MANY);
    between("max_seq_length", maxSeqLength, SHORTEST, 1_000_000);
    between("max_predictions_per_seq", maxPredictionsPerSeq, 0, maxSeqLength);
    between("masked_lm_prob", maskedLmProb, 1e-6, 0.999);
    between("max_ngram", maxNgram, 1, 100);
    between("short_seq_prob", shortSeqProb, 0, 1);
    between("shuffle_buffer", shuffleBuffer, 1, MANY);
    between("held_out_proportion", heldOutProportion, 0, 0.9);
    between("eval_examples", evalExamples, 1, MANY);
    between("eval_steps", evalSteps, 0, MANY);
    between("checkpoint_steps", checkpointSteps, 1, MANY);
    between("keep_checkpoints", keepCheckpoints, 1, 1_000_000);
    between("logging_steps", loggingSteps, 1, MANY);
    between("threads", threads, 0, 1_024);
    DeviceCount.check(devices, batchSize);
  }

  /** How examples are made. */
  public ExampleSettings exampleSettings() {
    ExampleSettings published = ExampleSettings.published(maxSeqLength, objective);
    return new ExampleSettings(
        maxSeqLength,
        maxPredictionsPerSeq == 0 ? published.maxPredictionsPerSeq() : maxPredictionsPerSeq,
        maskedLmProb,
        maxNgram,
        wholeWordMasking,
        shortSeqProb,
        objective,
        dynamicMasking);
  }

  /** What the model runs with. */
  public RuntimeOptions runtime() {
    return new RuntimeOptions(threads, device, precision, DeviceCount.of(devices));
  }

  /** The rate of every step. */
  public LearningRateSchedule schedule() {
    return new LearningRateSchedule(learningRate, warmupSteps, maxSteps, decayPower, 0);
  }

  /** What the weights are updated with: the moments of the published code. */
  public UpdateRule updateRule() {
    OptimizerConfig published = OptimizerConfig.google(optimizer);
    return new UpdateRule(
        new OptimizerConfig(
            optimizer,
            weightDecay,
            published.beta1(),
            published.beta2(),
            published.epsilon(),
            maxGradNorm,
            published.biasCorrection()),
        1,
        1,
        gradientAccumulationSteps > 1);
  }

  /** Whether a step is trained with dropout. */
  public boolean dropsOutAt(long step) {
    return dropoutSteps == 0 || step < dropoutSteps;
  }
}
