package albert.evaluation.metric;

import java.util.List;

/**
 * The two official SQuAD scripts, where they differ on one question. When both sides normalise to
 * nothing, v1.1 gives exact match 1 and F1 0, v2.0 gives both 1; v2.0 drops gold answers that
 * normalise to nothing, v1.1 keeps them.
 */
public enum SquadVersion {
  /** {@code evaluate-v1.1.py}. */
  V1_1 {
    @Override
    List<String> golds(List<String> answers) {
      if (answers.isEmpty()) {
        throw new IllegalArgumentException("a question of SQuAD v1.1 has no gold answer");
      }
      return answers;
    }

    @Override
    double f1OfNothing(boolean bothEmpty) {
      return 0;
    }
  },
  /** {@code evaluate-v2.0.py}. */
  V2_0 {
    @Override
    List<String> golds(List<String> answers) {
      List<String> kept = answers.stream().filter(a -> !SquadText.normalize(a).isEmpty()).toList();
      return kept.isEmpty() ? List.of("") : kept;
    }

    @Override
    double f1OfNothing(boolean bothEmpty) {
      return bothEmpty ? 1 : 0;
    }
  };

  /** The gold answers that count. */
  abstract List<String> golds(List<String> answers);

  /** F1 where a side has no word. */
  abstract double f1OfNothing(boolean bothEmpty);

  /**
   * The best exact match and the best F1 over the gold answers, 0 to 1.
   *
   * @throws IllegalArgumentException in v1.1 if there is no gold answer: it is undefined
   */
  public AnswerScore score(List<String> answers, String prediction) {
    List<String> predicted = SquadText.words(prediction);
    double exact = 0;
    double f1 = 0;
    for (String gold : golds(answers)) {
      List<String> words = SquadText.words(gold);
      exact = Math.max(exact, words.equals(predicted) ? 1 : 0);
      f1 = Math.max(f1, f1(words, predicted));
    }
    return new AnswerScore(exact, f1);
  }

  private double f1(List<String> gold, List<String> predicted) {
    if (gold.isEmpty() || predicted.isEmpty()) {
      return f1OfNothing(gold.isEmpty() && predicted.isEmpty());
    }
    int same = Counts.common(Counts.of(gold), Counts.of(predicted));
    if (same == 0) {
      return 0;
    }
    double precision = (double) same / predicted.size();
    double recall = (double) same / gold.size();
    return 2 * precision * recall / (precision + recall);
  }

  /**
   * Scores of one answer.
   *
   * @param exact 1 if it equals a gold answer after normalisation, else 0
   * @param f1 overlap of words, 0 to 1
   */
  public record AnswerScore(double exact, double f1) {}
}
