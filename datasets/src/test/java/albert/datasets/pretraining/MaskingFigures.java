package albert.datasets.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Counts of what was drawn, and their chi-square test against published shares. */
final class MaskingFigures {
  private static final List<String> REPLACED = List.of("kept", "mask", "random");

  /** Chi-square above these has probability 0.001 with 2 and 5 degrees of freedom. */
  private static final double CRITICAL_2 = 13.82;

  private static final double CRITICAL_5 = 20.52;
  private static final int LONGEST_RUN = 6;

  private final MaskingVocabulary vocabulary;
  private final long[] replaced = new long[REPLACED.size()];
  private final long[] runs = new long[LONGEST_RUN];
  private long examples;
  private long predictions;
  private long tokens;
  private long ones;

  MaskingFigures(MaskingVocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  void add(PretrainingExample example) {
    examples++;
    tokens += example.length();
    predictions += example.maskedPositions().length;
    ones += example.label();
    for (int i = 0; i < example.maskedPositions().length; i++) {
      int now = example.inputIds()[example.maskedPositions()[i]];
      replaced[now == vocabulary.special().mask() ? 1 : now == example.maskedIds()[i] ? 0 : 2]++;
    }
    addRuns(example);
  }

  /** A run: masked positions in a row; its words are the positions where one begins. */
  private void addRuns(PretrainingExample example) {
    int[] positions = example.maskedPositions();
    int words = 0;
    for (int i = 0; i < positions.length; i++) {
      boolean goesOn = i > 0 && positions[i] == positions[i - 1] + 1;
      if (!goesOn) {
        count(words);
        words = 1;
      } else {
        words += example.tokenBoundary()[positions[i]];
      }
    }
    count(words);
  }

  private void count(int words) {
    if (words > 0) {
      runs[Math.min(words, LONGEST_RUN) - 1]++;
    }
  }

  long examples() {
    return examples;
  }

  double predictionsPerToken() {
    return (double) predictions / tokens;
  }

  double labelOne() {
    return (double) ones / examples;
  }

  /** That published and own draws may be of one distribution. */
  void check(JsonNode golden) {
    double publishedPredictions =
        golden.get("examples").doubleValue() * golden.get("mean_predictions").doubleValue();
    double[] shares =
        REPLACED.stream().mapToDouble(k -> golden.get("replaced").get(k).doubleValue()).toArray();
    assertThat(chiSquare(replaced, shares, publishedPredictions))
        .as("chi-square of mask, random and kept")
        .isLessThan(CRITICAL_2);
    double[] runShares = new double[LONGEST_RUN];
    double left = 1;
    double mean = 0;
    for (int i = 0; i < LONGEST_RUN - 1; i++) {
      runShares[i] = golden.get("words_in_a_masked_run").get(String.valueOf(i + 1)).doubleValue();
      left -= runShares[i];
      mean += (i + 1) * runShares[i];
    }
    runShares[LONGEST_RUN - 1] = left;
    double publishedRuns = publishedPredictions / (mean + LONGEST_RUN * left);
    assertThat(chiSquare(runs, runShares, publishedRuns))
        .as("chi-square of the words in a masked run")
        .isLessThan(CRITICAL_5);
  }

  /** Of two samples: own counts, and shares among so many published ones. */
  private static double chiSquare(long[] counts, double[] shares, double published) {
    double own = java.util.Arrays.stream(counts).sum();
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      double theirs = shares[i] * published;
      double difference =
          Math.sqrt(published / own) * counts[i] - Math.sqrt(own / published) * theirs;
      sum += difference * difference / (counts[i] + theirs);
    }
    return sum;
  }
}
