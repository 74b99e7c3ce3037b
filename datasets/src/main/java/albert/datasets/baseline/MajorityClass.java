package albert.datasets.baseline;

import albert.datasets.text.TextExample;
import java.util.List;

/**
 * Answers with the most frequent class of the training data, whatever the text.
 *
 * @param labelIndex that class; of several equally frequent the first
 */
public record MajorityClass(int labelIndex) {

  /**
   * Counts the classes.
   *
   * @param examples with labels, at least one
   */
  public static MajorityClass train(List<TextExample> examples, int numLabels) {
    int[] counts = new int[numLabels];
    examples.forEach(example -> counts[example.labelIndex()]++);
    int best = 0;
    for (int label = 1; label < numLabels; label++) {
      best = counts[label] > counts[best] ? label : best;
    }
    return new MajorityClass(best);
  }
}
