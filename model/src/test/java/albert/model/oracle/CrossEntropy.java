package albert.model.oracle;

import java.util.Arrays;

/**
 * Σ w · -log softmax(logits)[label] / divisor over the rows.
 *
 * @param labels the right column of every row
 * @param weights of every row
 * @param divisor of the sum
 */
@SuppressWarnings("ArrayRecordComponent")
record CrossEntropy(int[] labels, double[] weights, double divisor) {

  /** The mean over the rows. */
  static CrossEntropy mean(int[] labels) {
    double[] weights = new double[labels.length];
    Arrays.fill(weights, 1);
    return new CrossEntropy(labels, weights, labels.length);
  }

  /** As Google's masked LM divides: by the sum of the weights and 1e-5. */
  static CrossEntropy weighted(int[] labels, double[] weights) {
    double sum = 1e-5;
    for (double weight : weights) {
      sum += weight;
    }
    return new CrossEntropy(labels, weights, sum);
  }

  /** The mean over the rows whose label is not negative, times a factor. */
  static CrossEntropy counted(int[] labels, double factor) {
    double[] weights = Arrays.stream(labels).mapToDouble(label -> label < 0 ? 0 : 1).toArray();
    int[] columns = Arrays.stream(labels).map(label -> Math.max(label, 0)).toArray();
    return new CrossEntropy(columns, weights, Arrays.stream(weights).sum() / factor);
  }

  double[] logProbabilities(double[] logits) {
    int columns = logits.length / labels.length;
    double[] all = new double[logits.length];
    for (int r = 0; r < labels.length; r++) {
      System.arraycopy(Softmax.log(logits, r * columns, columns), 0, all, r * columns, columns);
    }
    return all;
  }

  double loss(double[] logProbabilities) {
    int columns = logProbabilities.length / labels.length;
    double loss = 0;
    for (int r = 0; r < labels.length; r++) {
      loss -= weights[r] * logProbabilities[r * columns + labels[r]] / divisor;
    }
    return loss;
  }

  double[] logitsGradient(double[] logProbabilities) {
    int columns = logProbabilities.length / labels.length;
    double[] gradient = new double[logProbabilities.length];
    for (int i = 0; i < gradient.length; i++) {
      int r = i / columns;
      double right = i % columns == labels[r] ? 1 : 0;
      gradient[i] = weights[r] * (Math.exp(logProbabilities[i]) - right) / divisor;
    }
    return gradient;
  }
}
