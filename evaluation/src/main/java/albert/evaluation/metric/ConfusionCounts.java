package albert.evaluation.metric;

import java.util.HashMap;
import java.util.Map;

/**
 * What a multi-class correlation needs of the confusion matrix.
 *
 * @param n examples
 * @param right examples on the diagonal
 * @param crossed sum over the classes of gold count × predicted count
 * @param goldSquares sum of squared gold counts
 * @param predictedSquares sum of squared predicted counts
 */
record ConfusionCounts(
    double n, double right, double crossed, double goldSquares, double predictedSquares) {

  static ConfusionCounts of(double[] gold, double[] predicted) {
    Map<Double, Long> goldCounts = new HashMap<>();
    Map<Double, Long> predictedCounts = new HashMap<>();
    long right = 0;
    for (int i = 0; i < gold.length; i++) {
      // adding 0.0 makes one class of 0.0 and -0.0
      goldCounts.merge(gold[i] + 0.0, 1L, Long::sum);
      predictedCounts.merge(predicted[i] + 0.0, 1L, Long::sum);
      right += gold[i] == predicted[i] ? 1 : 0;
    }
    double crossed = 0;
    for (Map.Entry<Double, Long> entry : goldCounts.entrySet()) {
      crossed += (double) entry.getValue() * predictedCounts.getOrDefault(entry.getKey(), 0L);
    }
    return new ConfusionCounts(
        gold.length, right, crossed, squares(goldCounts), squares(predictedCounts));
  }

  double matthewsCorrelation() {
    double goldSpread = n * n - goldSquares;
    double predictedSpread = n * n - predictedSquares;
    if (goldSpread == 0 || predictedSpread == 0) {
      return 0;
    }
    return (right * n - crossed) / Math.sqrt(goldSpread) / Math.sqrt(predictedSpread);
  }

  private static double squares(Map<Double, Long> counts) {
    return counts.values().stream().mapToDouble(c -> (double) c * c).sum();
  }
}
