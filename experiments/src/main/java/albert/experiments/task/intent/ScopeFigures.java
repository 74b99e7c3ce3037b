package albert.experiments.task.intent;

import albert.evaluation.metric.Metric;
import albert.evaluation.metric.MetricValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scores of queries of which some are out of scope, and the threshold that tells them. */
final class ScopeFigures {
  private ScopeFigures() {}

  /**
   * A query whose intent was guessed.
   *
   * @param outOfScope whether no intent is right
   * @param right whether the guess is; of a query that is out of scope only where that can be
   *     guessed
   * @param confidence the probability of the guess
   * @param doubt the larger, the likelier the query is out of scope
   */
  record Guess(boolean outOfScope, boolean right, double confidence, double doubt) {
    /** A guess at an intent: the doubt is the probability that the guess is wrong. */
    Guess(boolean outOfScope, boolean right, double confidence) {
      this(outOfScope, right, confidence, 1 - confidence);
    }

    Answer answer(double threshold) {
      return new Answer(outOfScope, confidence < threshold ? outOfScope : right, doubt);
    }
  }

  /**
   * A query that was answered with an intent or with its being out of scope.
   *
   * @param outOfScope whether no intent is right
   * @param right whether the answer is
   * @param doubt the larger, the likelier the query is out of scope; NaN if it is not known
   */
  record Answer(boolean outOfScope, boolean right, double doubt) {}

  /**
   * The paper's two scores (Larson et al. 2019, section 3.3) and the area under the ROC curve.
   *
   * <p>{@code accuracy} is the share of queries in scope that were answered with their intent: one
   * that is taken for out of scope is wrong. {@code oos_recall} is the share of the others that
   * were taken for out of scope. {@code oos_auroc} is the area under the curve of telling the
   * others by the doubt, whatever the threshold.
   */
  static Map<String, MetricValue> of(List<Answer> answers) {
    Map<String, MetricValue> figures = new LinkedHashMap<>();
    figures.put("accuracy", share(answers, false, "no query is in scope"));
    figures.put("oos_recall", share(answers, true, "no query is out of scope"));
    figures.put(
        "oos_auroc",
        Metric.AUROC.compute(
            answers.stream().mapToDouble(answer -> answer.outOfScope ? 1 : 0).toArray(),
            answers.stream().mapToDouble(Answer::doubt).toArray()));
    return figures;
  }

  private static MetricValue share(List<Answer> answers, boolean outOfScope, String otherwise) {
    List<Answer> some = answers.stream().filter(a -> a.outOfScope == outOfScope).toList();
    return some.isEmpty()
        ? MetricValue.undefined(otherwise)
        : MetricValue.of((double) some.stream().filter(Answer::right).count() / some.size());
  }

  /**
   * The threshold with which the most queries are answered right, those out of scope included (the
   * paper, section 3.2): one of the confidences, so that at least one query stays in scope, and of
   * equally good ones the lowest. Confidences 0.2 (out of scope), 0.4 (wrong) and 0.7 (right) give
   * 0.4: with it two of three are right.
   *
   * @return 0 if there are no queries
   */
  static double threshold(List<Guess> guesses) {
    List<Guess> rising =
        guesses.stream().sorted(Comparator.comparingDouble(Guess::confidence)).toList();
    int gain = 0;
    int most = 0;
    double best = rising.isEmpty() ? 0 : rising.get(0).confidence;
    for (int i = 1; i < rising.size(); i++) {
      Guess below = rising.get(i - 1);
      gain += below.outOfScope ? 1 : below.right ? -1 : 0;
      boolean isCut = below.confidence < rising.get(i).confidence;
      if (isCut && gain > most) {
        most = gain;
        best = rising.get(i).confidence;
      }
    }
    return best;
  }
}
