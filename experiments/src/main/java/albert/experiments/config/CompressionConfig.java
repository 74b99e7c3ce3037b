package albert.experiments.config;

import static albert.model.config.Range.between;
import static albert.model.config.Range.positive;

import albert.model.compress.LayerMerge;
import albert.model.config.ConfigException;

/**
 * How a checkpoint is compressed where a configuration asks for another embedding size or sharing
 * than it has.
 *
 * @param merge what becomes of the layers that share weights
 * @param embeddingSteps steps that fit the factorised embeddings after their closed form
 * @param distillSteps steps in which the layers learn the checkpoint's hidden states
 * @param distillSeconds ends the distillation early after so many seconds, its learning rate then
 *     falls with the time; 0 leaves it to the steps, so that equal runs are equal
 * @param distillBatchSize sequences a step of the layers
 * @param distillSeqLength longest sequence in tokens; longer texts are cut
 * @param distillLearningRate highest learning rate of the layers
 * @param compressSeed draws the words and the order of the texts; 0 is the run's own seed of the
 *     initialisation
 */
public record CompressionConfig(
    LayerMerge merge,
    int embeddingSteps,
    int distillSteps,
    int distillSeconds,
    int distillBatchSize,
    int distillSeqLength,
    double distillLearningRate,
    int compressSeed) {

  /** The defaults. */
  public static final CompressionConfig DEFAULT =
      new CompressionConfig(LayerMerge.MIDDLE, 500, 800, 0, 8, 64, 1e-3, 0);

  private static final int MANY = 100_000_000;

  /**
   * Checks every key.
   *
   * @throws ConfigException naming the key, the value found and what is allowed
   */
  public CompressionConfig {
    between("embedding_steps", embeddingSteps, 0, MANY);
    between("distill_steps", distillSteps, 0, MANY);
    between("distill_seconds", distillSeconds, 0, MANY);
    between("distill_batch_size", distillBatchSize, 1, 65_536);
    between("distill_seq_length", distillSeqLength, 3, 1_000_000);
    between("compress_seed", compressSeed, 0, Integer.MAX_VALUE);
    positive("distill_learning_rate", distillLearningRate, 1);
  }

  /** Whether every seed of a run has a compression of its own. */
  public boolean isOfRun() {
    return compressSeed == 0;
  }

  /** The seed of a run's compression. */
  public long seed(RunSeeds run) {
    return isOfRun() ? run.init() : compressSeed;
  }
}
