package albert.experiments.training.pretraining;

import albert.datasets.pretraining.PairObjective;
import albert.evaluation.record.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a pretrained model scores on held-out text, as scores of the runs that start from it (paper,
 * Table 5): masked words of its own objective, and both kinds of pairs if it has a pair head. They
 * are of the last weights.
 */
public final class IntrinsicScores {

  private static final String SPLIT = "held-out";
  private static final String PROTOCOL = "last";
  private static final String ACCURACY = "accuracy";

  private IntrinsicScores() {}

  /**
   * The scores.
   *
   * @param own what the model was trained on
   */
  public static List<Score> of(PairObjective own, Pretraining.Result result) {
    List<Score> scores = new ArrayList<>();
    HeldOutScores masked = result.intrinsic().get(own);
    if (masked == null) {
      return scores;
    }
    scores.add(score("masked-lm", ACCURACY, masked.maskedLmAccuracy(), masked.maskedTokens()));
    scores.add(score("masked-lm", "loss", masked.maskedLmLoss(), masked.maskedTokens()));
    for (Map.Entry<PairObjective, HeldOutScores> entry : result.intrinsic().entrySet()) {
      HeldOutScores.Pairs pairs = entry.getValue().pairs();
      if (entry.getKey().hasPairs() && pairs != null) {
        String task = entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-');
        scores.add(score(task, ACCURACY, pairs.accuracy(), entry.getValue().examples()));
      }
    }
    return scores;
  }

  private static Score score(String task, String metric, double value, long n) {
    return Score.of(task, metric, SPLIT, value, n, PROTOCOL);
  }
}
