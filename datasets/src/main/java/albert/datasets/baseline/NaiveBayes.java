package albert.datasets.baseline;

import albert.datasets.text.TextExample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A bag of words: multinomial naive Bayes with additive smoothing (Manning, Raghavan, Schütze,
 * Introduction to Information Retrieval, figure 13.2).
 *
 * <p>The class of a text is the one with the largest {@code log P(c) + Σ log P(w | c)} over its
 * words w, with {@code P(w | c) = (n(w, c) + α) / (n(c) + α |V|)}; words that the training data
 * does not have are left out, and of equal classes the first is taken. A word is a run of letters
 * and digits in lower case; in a pair, a word of the second text is another word than in the first.
 */
public final class NaiveBayes {
  /** Smoothing α: every word is taken as seen this often in every class. */
  private static final double ALPHA = 0.1;

  private final double[] logPrior;
  private final Map<String, double[]> logLikelihood;

  private NaiveBayes(double[] logPrior, Map<String, double[]> logLikelihood) {
    this.logPrior = logPrior;
    this.logLikelihood = logLikelihood;
  }

  /**
   * Counts words and classes.
   *
   * @param examples with labels, at least one
   * @param numLabels how many classes there are
   */
  public static NaiveBayes train(List<TextExample> examples, int numLabels) {
    double[] examplesOf = new double[numLabels];
    double[] wordsOf = new double[numLabels];
    Map<String, double[]> counts = new HashMap<>();
    for (TextExample example : examples) {
      int label = example.labelIndex();
      examplesOf[label]++;
      forEachWord(
          example,
          word -> {
            counts.computeIfAbsent(word, unseen -> new double[numLabels])[label]++;
            wordsOf[label]++;
          });
    }
    for (double[] count : counts.values()) {
      for (int label = 0; label < numLabels; label++) {
        count[label] = Math.log((count[label] + ALPHA) / (wordsOf[label] + ALPHA * counts.size()));
      }
    }
    double[] logPrior =
        Arrays.stream(examplesOf).map(count -> Math.log(count / examples.size())).toArray();
    return new NaiveBayes(logPrior, counts);
  }

  /** The likeliest class; the example's label is not looked at. */
  public int predict(TextExample example) {
    double[] scores = scores(example);
    int best = 0;
    for (int label = 1; label < scores.length; label++) {
      best = scores[label] > scores[best] ? label : best;
    }
    return best;
  }

  /** The probability of each class given the words of an example, {@code P(c | d)}. */
  public double[] probabilities(TextExample example) {
    double[] scores = scores(example);
    double largest = Arrays.stream(scores).max().orElseThrow();
    double[] odds = Arrays.stream(scores).map(score -> Math.exp(score - largest)).toArray();
    double sum = Arrays.stream(odds).sum();
    return Arrays.stream(odds).map(odd -> odd / sum).toArray();
  }

  private double[] scores(TextExample example) {
    double[] scores = logPrior.clone();
    forEachWord(
        example,
        word -> {
          double[] likelihood = logLikelihood.get(word);
          if (likelihood != null) {
            Arrays.setAll(scores, label -> scores[label] + likelihood[label]);
          }
        });
    return scores;
  }

  private static void forEachWord(TextExample example, Consumer<String> words) {
    Words.of(example.text()).forEach(words);
    if (example.pair() != null) {
      Words.of(example.pair()).forEach(word -> words.accept("2 " + word));
    }
  }
}
