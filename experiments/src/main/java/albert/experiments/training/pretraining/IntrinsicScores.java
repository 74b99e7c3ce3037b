package albert.experiments.training.pretraining;

import albert.datasets.pretraining.PairObjective;
import albert.evaluation.record.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a pretrained model scores on held-out text (paper, Table 5): masked words of its own
 * objective, and both kinds of pairs if it has a pair head. They are of the last weights; beside
 * them stands what a unigram model of the training text loses on the masked words.
 */
final class IntrinsicScores {

  private static final String SPLIT = "held-out";
  private static final String PROTOCOL = "last";
  private static final String UNIGRAM = "unigram model";
  private static final String MASKED_LM = "masked-lm";
  private static final String ACCURACY = "accuracy";
  private static final String LOSS = "loss";

  private IntrinsicScores() {}

  /**
   * The scores.
   *
   * @param own what the model was trained on
   */
  static List<Score> of(PairObjective own, Pretraining.Result result) {
    List<Score> scores = new ArrayList<>();
    HeldOutScores masked = result.intrinsic().get(own);
    if (masked == null) {
      return scores;
    }
    scores.add(
        score(MASKED_LM, ACCURACY, masked.maskedLmAccuracy(), masked.maskedTokens(), PROTOCOL));
    scores.add(score(MASKED_LM, LOSS, masked.maskedLmLoss(), masked.maskedTokens(), PROTOCOL));
    for (Map.Entry<PairObjective, HeldOutScores> entry : result.intrinsic().entrySet()) {
      HeldOutScores.Pairs pairs = entry.getValue().pairs();
      if (entry.getKey().hasPairs() && pairs != null) {
        String task = entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-');
        long n = entry.getValue().examples();
        scores.add(score(task, ACCURACY, pairs.accuracy(), n, PROTOCOL));
        scores.add(score(task, LOSS, pairs.loss(), n, PROTOCOL));
      }
    }
    Double unigram = result.unigramLoss();
    if (unigram != null) {
      scores.add(score(MASKED_LM, LOSS, unigram, masked.maskedTokens(), UNIGRAM));
    }
    return scores;
  }

  /** Those that runs which start from the model have too: no losses of pairs. */
  static List<Score> ofRuns(List<Score> scores) {
    return scores.stream()
        .filter(score -> score.protocol().equals(PROTOCOL))
        .filter(score -> score.task().equals(MASKED_LM) || score.metric().equals(ACCURACY))
        .toList();
  }

  private static Score score(String task, String metric, double value, long n, String protocol) {
    return Score.of(task, metric, SPLIT, value, n, protocol);
  }
}
