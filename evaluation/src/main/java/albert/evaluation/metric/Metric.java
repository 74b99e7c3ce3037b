package albert.evaluation.metric;

import albert.evaluation.stats.CorrelationTest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * Metrics of classes and numbers, as scikit-learn and scipy compute them; the best value is 1, that
 * of {@link #RMSE} 0. Labels are class numbers from 0, and in regression any finite numbers.
 */
public enum Metric {
  /** Share of equal labels. 3 of 4 right: 0.75. */
  ACCURACY("accuracy", 0) {
    @Override
    MetricValue computeFinite(double[] gold, double[] predicted) {
      long right = 0;
      for (int i = 0; i < gold.length; i++) {
        right += gold[i] == predicted[i] ? 1 : 0;
      }
      return MetricValue.of((double) right / gold.length);
    }
  },
  /**
   * Harmonic mean of precision and recall of class 1; 0 if neither side has it. Gold 1 1 0,
   * predicted 1 0 0: 2·1/(2 + 1) = 0.667.
   */
  F1("f1", 0) {
    @Override
    MetricValue computeFinite(double[] gold, double[] predicted) {
      long truePositive = 0;
      long positives = 0;
      for (int i = 0; i < gold.length; i++) {
        truePositive += gold[i] == 1 && predicted[i] == 1 ? 1 : 0;
        positives += (gold[i] == 1 ? 1 : 0) + (predicted[i] == 1 ? 1 : 0);
      }
      return MetricValue.of(positives == 0 ? 0 : 2.0 * truePositive / positives);
    }
  },
  /**
   * Matthews correlation of any number of classes (Gorodkin's R_K); 0 where a side has one class
   * only, also when all are right. Gold 1 1 0, predicted 1 0 0: 0.5.
   */
  MATTHEWS_CORRELATION("matthews_correlation", -1) {
    @Override
    MetricValue computeFinite(double[] gold, double[] predicted) {
      return MetricValue.of(ConfusionCounts.of(gold, predicted).matthewsCorrelation());
    }
  },
  /**
   * Mean over the classes, whichever side has them, of F1 = 2 TP / (gold count + predicted count):
   * scikit-learn's {@code f1_score(average="macro")}. Gold 0 1 2, predicted 0 1 1: (1 + 2/3 + 0) /
   * 3 = 0.556.
   */
  MACRO_F1("macro_f1", 0) {
    @Override
    MetricValue computeFinite(double[] gold, double[] predicted) {
      return MetricValue.of(F1Counts.ofClasses(gold, predicted).macro());
    }
  },
  /**
   * F1 of the counts of all classes together, scikit-learn's {@code f1_score(average="micro")};
   * with one class an example it equals {@link #ACCURACY}. 3 of 4 right: 0.75.
   */
  MICRO_F1("micro_f1", 0) {
    @Override
    MetricValue computeFinite(double[] gold, double[] predicted) {
      return MetricValue.of(F1Counts.ofClasses(gold, predicted).micro());
    }
  },
  /** Pearson's r; undefined where a side is constant. */
  PEARSON("pearson", -1) {
    @Override
    MetricValue computeFinite(double[] gold, double[] predicted) {
      return correlation(CorrelationTest.pearson(gold, predicted), gold.length);
    }
  },
  /** Spearman's rho, ties sharing their mean rank; undefined where a side is constant. */
  SPEARMAN("spearman", -1) {
    @Override
    MetricValue computeFinite(double[] gold, double[] predicted) {
      return correlation(CorrelationTest.spearman(gold, predicted), gold.length);
    }
  },
  /**
   * Area under the ROC curve: how often an example of class 1 has a higher prediction than one of
   * class 0, ties counting half (Hanley and McNeil 1982), as scikit-learn's {@code roc_auc_score};
   * undefined where gold has one class only. Gold 1 0 1 0, predicted 0.9 0.5 0.5 0.1: 3.5/4 =
   * 0.875.
   */
  AUROC("auroc", 0) {
    @Override
    MetricValue computeFinite(double[] gold, double[] predicted) {
      double[] ranks = new NaturalRanking().apply(predicted);
      double positives = 0;
      double rankSum = 0;
      for (int i = 0; i < gold.length; i++) {
        if (gold[i] != 0 && gold[i] != 1) {
          throw new IllegalArgumentException("label " + i + " is " + gold[i] + ", not 0 or 1");
        }
        positives += gold[i];
        rankSum += gold[i] * ranks[i];
      }
      double pairs = positives * (gold.length - positives);
      return pairs == 0
          ? MetricValue.undefined("all examples are of one class")
          : MetricValue.of((rankSum - positives * (positives + 1) / 2) / pairs);
    }
  },
  /**
   * Root of the mean squared error, in the labels' unit; less is better. Gold 1 2, predicted 1 4:
   * √(4/2) = 1.414.
   */
  RMSE("rmse", 0) {
    @Override
    MetricValue computeFinite(double[] gold, double[] predicted) {
      double sum = 0;
      for (int i = 0; i < gold.length; i++) {
        sum += (gold[i] - predicted[i]) * (gold[i] - predicted[i]);
      }
      double rmse = Math.sqrt(sum / gold.length);
      return Double.isFinite(rmse)
          ? MetricValue.of(rmse)
          : MetricValue.undefined("the squared errors are too large for a number");
    }

    @Override
    public double maximum() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public boolean lowerIsBetter() {
      return true;
    }
  };

  private final String id;
  private final double minimum;

  Metric(String id, double minimum) {
    this.id = id;
    this.minimum = minimum;
  }

  /** The metric with this id. */
  public static Optional<Metric> of(String id) {
    return Arrays.stream(values()).filter(m -> m.id.equals(id)).findFirst();
  }

  /** Name in configurations and results. */
  public String id() {
    return id;
  }

  /** Least value that it can have. */
  public double minimum() {
    return minimum;
  }

  /** Greatest value that it can have. */
  public double maximum() {
    return 1;
  }

  /** Whether its least value is the best, not its greatest. */
  public boolean lowerIsBetter() {
    return false;
  }

  /**
   * Whether it is a correlation: 0 for predictions that have nothing to do with the labels, which
   * is the level of chance.
   */
  public boolean isCorrelation() {
    return minimum < 0;
  }

  /**
   * Computes it. Undefined without examples, and where a prediction is no finite number: such a one
   * is not replaced.
   *
   * @param gold labels
   * @param predicted predictions in the same order
   * @throws IllegalArgumentException if the lengths differ or a label is no finite number
   */
  public MetricValue compute(double[] gold, double[] predicted) {
    if (gold.length != predicted.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d labels and %d predictions", gold.length, predicted.length));
    }
    if (gold.length == 0) {
      return MetricValue.undefined("no examples");
    }
    for (int i = 0; i < gold.length; i++) {
      if (!Double.isFinite(gold[i])) {
        throw new IllegalArgumentException("label " + i + " is " + gold[i]);
      }
      if (!Double.isFinite(predicted[i])) {
        return MetricValue.undefined("prediction " + i + " is " + predicted[i]);
      }
    }
    return computeFinite(gold, predicted);
  }

  /** {@link #compute(double[], double[])} of class numbers. */
  public MetricValue compute(int[] gold, int[] predicted) {
    return compute(
        Arrays.stream(gold).asDoubleStream().toArray(),
        Arrays.stream(predicted).asDoubleStream().toArray());
  }

  abstract MetricValue computeFinite(double[] gold, double[] predicted);

  private static MetricValue correlation(CorrelationTest test, int n) {
    if (n < 2) {
      return MetricValue.undefined("fewer than two pairs");
    }
    return Double.isNaN(test.coefficient())
        ? MetricValue.undefined("one side is constant")
        : MetricValue.of(test.coefficient());
  }
}
