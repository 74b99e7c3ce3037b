package albert.evaluation.metric;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What F1 over several classes is made of.
 *
 * @param classes of each class the counts
 */
record F1Counts(Collection<Count> classes) {

  F1Counts {
    classes = List.copyOf(classes);
  }

  /**
   * Of one class.
   *
   * @param right examples that have it on both sides
   * @param either examples that have it as gold, and once more those that have it as predicted
   */
  record Count(long right, long either) {
    Count plus(boolean gold, boolean predicted) {
      return new Count(
          right + (gold && predicted ? 1 : 0), either + (gold ? 1 : 0) + (predicted ? 1 : 0));
    }

    /** 0 where no side has it, as scikit-learn's {@code zero_division=0}. */
    double f1() {
      return either == 0 ? 0 : 2.0 * right / either;
    }
  }

  /** Of one class an example, of the classes that a side has. */
  static F1Counts ofClasses(double[] gold, double[] predicted) {
    Map<Double, Count> counts = new TreeMap<>();
    for (int i = 0; i < gold.length; i++) {
      boolean right = gold[i] == predicted[i];
      add(counts, gold[i], true, right);
      if (!right) {
        add(counts, predicted[i], false, true);
      }
    }
    return new F1Counts(counts.values());
  }

  private static void add(
      Map<Double, Count> counts, double label, boolean gold, boolean predicted) {
    // adding 0.0 makes one class of 0.0 and -0.0
    counts.merge(
        label + 0.0,
        new Count(0, 0).plus(gold, predicted),
        (one, other) -> new Count(one.right + other.right, one.either + other.either));
  }

  /** Mean of the classes' F1. */
  double macro() {
    return classes.stream().mapToDouble(Count::f1).average().orElse(0);
  }

  /** F1 of the sums. */
  double micro() {
    return classes.stream()
        .reduce(
            new Count(0, 0),
            (one, other) -> new Count(one.right + other.right, one.either + other.either))
        .f1();
  }
}
