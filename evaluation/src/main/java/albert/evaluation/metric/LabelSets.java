package albert.evaluation.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Metrics of examples with any number of labels each, as scikit-learn computes them of indicator
 * matrices: {@code accuracy_score} (all labels of the example right) and {@code f1_score} with
 * {@code zero_division=0}, over all labels there are.
 *
 * <p>Gold 11 and 01, predicted 10 and 01: accuracy 1/2; F1 of the labels 1 and 2/3, macro 0.833;
 * micro 2 · 2 / (3 + 2) = 0.8.
 */
public final class LabelSets {

  private LabelSets() {}

  /**
   * Computes a metric. Undefined without examples, and where a prediction is no finite number.
   *
   * @param metric accuracy, macro or micro F1
   * @param gold by example and label, 1 where it has the label and otherwise 0
   * @param predicted the same of the predictions
   * @throws IllegalArgumentException if the sizes differ or there is no such metric of sets
   */
  public static MetricValue compute(Metric metric, double[][] gold, double[][] predicted) {
    if (gold.length != predicted.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d labels and %d predictions", gold.length, predicted.length));
    }
    if (gold.length == 0) {
      return MetricValue.undefined("no examples");
    }
    for (int i = 0; i < gold.length; i++) {
      for (double value : predicted[i]) {
        if (!Double.isFinite(value)) {
          return MetricValue.undefined("prediction " + i + " is " + value);
        }
      }
    }
    return MetricValue.of(
        switch (metric) {
          case ACCURACY -> accuracy(gold, predicted);
          case MACRO_F1 -> counts(gold, predicted).macro();
          case MICRO_F1 -> counts(gold, predicted).micro();
          case F1, MATTHEWS_CORRELATION, PEARSON, SPEARMAN, AUROC, RMSE ->
              throw new IllegalArgumentException(metric.id() + " is not of sets of labels");
        });
  }

  private static double accuracy(double[][] gold, double[][] predicted) {
    long right = 0;
    for (int i = 0; i < gold.length; i++) {
      boolean same = true;
      for (int label = 0; label < gold[i].length; label++) {
        same &= gold[i][label] == predicted[i][label];
      }
      right += same ? 1 : 0;
    }
    return (double) right / gold.length;
  }

  private static F1Counts counts(double[][] gold, double[][] predicted) {
    List<F1Counts.Count> counts =
        new ArrayList<>(Collections.nCopies(gold[0].length, new F1Counts.Count(0, 0)));
    for (int i = 0; i < gold.length; i++) {
      for (int label = 0; label < counts.size(); label++) {
        counts.set(label, counts.get(label).plus(gold[i][label] == 1, predicted[i][label] == 1));
      }
    }
    return new F1Counts(counts);
  }
}
