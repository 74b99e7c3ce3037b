package albert.evaluation.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Correction of p-values for a family of tests. */
public enum Correction {
  /** Holm's step-down: the chance of any false finding. */
  HOLM {
    @Override
    public double[] adjust(double[] p) {
      Integer[] order = ascending(p);
      double[] adjusted = new double[p.length];
      double highest = 0;
      for (int i = 0; i < order.length; i++) {
        highest = Math.max(highest, Math.min(1, p[order[i]] * (p.length - i)));
        adjusted[order[i]] = highest;
      }
      return adjusted;
    }
  },
  /** Benjamini and Hochberg's step-up: the expected share of false findings. */
  BENJAMINI_HOCHBERG {
    @Override
    public double[] adjust(double[] p) {
      Integer[] order = ascending(p);
      double[] adjusted = new double[p.length];
      double lowest = 1;
      for (int i = order.length - 1; i >= 0; i--) {
        lowest = Math.min(lowest, p[order[i]] * p.length / (i + 1));
        adjusted[order[i]] = lowest;
      }
      return adjusted;
    }
  };

  /**
   * Adjusted p-values, in the order of the input.
   *
   * @throws IllegalArgumentException if one is not between 0 and 1
   */
  public abstract double[] adjust(double[] p);

  /** The same of a family in which some have none: these are not counted and get none. */
  public List<OptionalDouble> adjust(List<OptionalDouble> p) {
    double[] adjusted =
        adjust(
            p.stream()
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray());
    List<OptionalDouble> all = new ArrayList<>();
    int next = 0;
    for (OptionalDouble one : p) {
      all.add(one.isPresent() ? OptionalDouble.of(adjusted[next++]) : OptionalDouble.empty());
    }
    return all;
  }

  private static Integer[] ascending(double[] p) {
    if (!Arrays.stream(p).allMatch(x -> x >= 0 && x <= 1)) {
      throw new IllegalArgumentException(
          "p-values are " + Arrays.toString(p) + ", allowed is between 0 and 1");
    }
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .toArray(Integer[]::new);
  }
}
