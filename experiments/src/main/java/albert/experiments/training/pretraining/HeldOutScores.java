package albert.experiments.training.pretraining;

import albert.datasets.pretraining.PretrainingBatch;
import albert.model.head.MaskedLmHead;
import albert.model.head.SentencePairHead;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model makes of held-out examples, without dropout.
 *
 * @param examples how many
 * @param maskedTokens how many masked tokens they have
 * @param maskedLmLoss mean negative log probability of the right token, in nats
 * @param maskedLmAccuracy part of the masked tokens whose likeliest token is the right one
 * @param pairs what its pair head makes of the pairs; null without one
 */
public record HeldOutScores(
    int examples,
    long maskedTokens,
    double maskedLmLoss,
    double maskedLmAccuracy,
    @Nullable Pairs pairs) {

  /** The loss of the masked words, in a log. */
  public static final String MASKED_LM_LOSS = "held_out_masked_lm_loss";

  /** The accuracy of the masked words, in a log. */
  public static final String MASKED_LM_ACCURACY = "held_out_masked_lm_accuracy";

  /** The loss of the pairs, in a log. */
  public static final String PAIR_LOSS = "held_out_pair_loss";

  /** The accuracy of the pairs, in a log. */
  public static final String PAIR_ACCURACY = "held_out_pair_accuracy";

  /**
   * What a pair head makes of pairs.
   *
   * @param loss mean negative log probability of the right label, in nats
   * @param accuracy part of the pairs whose label is found
   */
  public record Pairs(double loss, double accuracy) {}

  /**
   * Evaluates.
   *
   * @param head as it was trained, whatever objective the examples are of: label 1 says that the
   *     second segment does not follow the first
   */
  static HeldOutScores of(
      TrainableModel model, List<PretrainingBatch> batches, Optional<SentencePairHead> head) {
    List<String> outputs =
        new ArrayList<>(List.of(MaskedLmHead.EACH_LOSS, MaskedLmHead.EACH_CORRECT));
    head.ifPresent(pair -> outputs.add(pair.logProbs()));
    int examples = 0;
    double[] sums = new double[5];
    for (PretrainingBatch batch : batches) {
      Map<String, FloatTensor> found = model.predict(PretrainingFeeds.of(batch, head), outputs);
      examples += batch.size();
      sums[0] += sum(batch.maskedWeights());
      sums[1] += sum(values(found, MaskedLmHead.EACH_LOSS));
      sums[2] += sum(values(found, MaskedLmHead.EACH_CORRECT));
      if (head.isPresent()) {
        float[] logProbs = values(found, head.get().logProbs());
        for (int i = 0; i < batch.size(); i++) {
          float right = logProbs[2 * i + batch.labels()[i]];
          sums[3] -= right;
          sums[4] += right > logProbs[2 * i + 1 - batch.labels()[i]] ? 1 : 0;
        }
      }
    }
    return new HeldOutScores(
        examples,
        (long) sums[0],
        sums[1] / sums[0],
        sums[2] / sums[0],
        head.isPresent() ? new Pairs(sums[3] / examples, sums[4] / examples) : null);
  }

  /** For the log, by name. */
  Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>();
    figures.put(MASKED_LM_LOSS, maskedLmLoss);
    figures.put(MASKED_LM_ACCURACY, maskedLmAccuracy);
    if (pairs != null) {
      figures.put(PAIR_LOSS, pairs.loss());
      figures.put(PAIR_ACCURACY, pairs.accuracy());
    }
    return figures;
  }

  private static float[] values(Map<String, FloatTensor> found, String name) {
    return Objects.requireNonNull(found.get(name)).values();
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
