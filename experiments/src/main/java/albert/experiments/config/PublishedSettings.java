package albert.experiments.config;

import albert.model.config.EncoderConfig;
import albert.model.config.ModelType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hyperparameters that the ALBERT paper fine-tuned with (arXiv 1909.11942v6, Table 14;
 * google-research/albert, {@code run_glue.sh}, has the same for GLUE). They are a task's defaults:
 * what a study or an option sets wins.
 *
 * <p>The learning rates are those of ALBERT xxlarge: smaller models do better with higher ones.
 * Dropout follows the table for ALBERTs only. AX is predicted by a model of MNLI.
 */
enum PublishedSettings {
  COLA("cola", 1e-5, 16, 0, 5_336, 320, 512),
  STS_B("sts-b", 2e-5, 16, 0, 3_598, 214, 512),
  SST_2("sst-2", 1e-5, 32, 0, 20_935, 1_256, 512),
  MNLI("mnli", 3e-5, 128, 0, 10_000, 1_000, 512),
  QNLI("qnli", 1e-5, 32, 0, 33_112, 1_986, 512),
  QQP("qqp", 5e-5, 128, 0.1, 14_000, 1_000, 512),
  RTE("rte", 3e-5, 32, 0.1, 800, 200, 512),
  MRPC("mrpc", 2e-5, 32, 0, 800, 200, 512),
  WNLI("wnli", 2e-5, 16, 0.1, 2_000, 250, 512),
  SQUAD_1("squad-v1.1", 5e-5, 48, 0, 3_649, 365, 384),
  SQUAD_2("squad-v2.0", 3e-5, 48, 0, 8_144, 814, 512),
  RACE("race", 2e-5, 32, 0.1, 12_000, 1_000, 512);

  private static final double CLASSIFIER_DROPOUT = 0.1;

  private final String task;
  private final double learningRate;
  private final int batchSize;
  private final double dropout;
  private final int steps;
  private final int warmupSteps;
  private final int maxSeqLength;

  PublishedSettings(
      String task,
      double learningRate,
      int batchSize,
      double dropout,
      int steps,
      int warmupSteps,
      int maxSeqLength) {
    this.task = task;
    this.learningRate = learningRate;
    this.batchSize = batchSize;
    this.dropout = dropout;
    this.steps = steps;
    this.warmupSteps = warmupSteps;
    this.maxSeqLength = maxSeqLength;
  }

  /**
   * The training's defaults for a task, by key; empty for a task that was not published. Keys that
   * stand for the same thing in another way give way: steps to {@code epochs}, steps of warm-up to
   * {@code warmup_proportion} and to another number of steps.
   *
   * @param given what was set, by key
   */
  static Map<String, Object> training(String task, EncoderConfig encoder, Settings given) {
    Map<String, Object> values = new LinkedHashMap<>();
    PublishedSettings published = of(task);
    if (published != null) {
      values.put("learning_rate", published.learningRate);
      values.put("batch_size", published.batchSize);
      boolean otherLength = given.has("epochs") || given.has("max_steps");
      if (!otherLength) {
        values.put("max_steps", published.steps);
      }
      if (!otherLength && !given.has("warmup_proportion")) {
        values.put("warmup_steps", published.warmupSteps);
      }
      values.put(
          "max_seq_length", Math.min(published.maxSeqLength, encoder.maxPositionEmbeddings()));
    }
    return values;
  }

  /** The architecture's defaults for a task, by key: an ALBERT's dropout. */
  static Map<String, Object> architecture(String task, ModelType type) {
    Map<String, Object> values = new LinkedHashMap<>();
    PublishedSettings published = of(task);
    if (published != null && type == ModelType.ALBERT) {
      values.put("hidden_dropout_prob", published.dropout);
      values.put("attention_probs_dropout_prob", published.dropout);
      values.put("classifier_dropout_prob", CLASSIFIER_DROPOUT);
    }
    return values;
  }

  private static @org.jspecify.annotations.Nullable PublishedSettings of(String task) {
    for (PublishedSettings published : values()) {
      if (published.task.equals(task)) {
        return published;
      }
    }
    return null;
  }
}
