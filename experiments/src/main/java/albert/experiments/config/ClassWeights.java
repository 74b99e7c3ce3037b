package albert.experiments.config;

import java.util.ArrayList;
import java.util.List;

/** What the classes' terms of the loss are multiplied by. */
public enum ClassWeights {
  /** 1 for every class. */
  NONE {
    @Override
    public List<Double> of(long[] counts) {
      return List.of();
    }
  },
  /**
   * {@code n / (classes · count)}, so that every class counts the same (scikit-learn's {@code
   * class_weight="balanced"}): of 30 and 10 examples, 2/3 and 2. A class without examples has 0.
   */
  BALANCED {
    @Override
    public List<Double> of(long[] counts) {
      long n = 0;
      for (long count : counts) {
        n += count;
      }
      List<Double> weights = new ArrayList<>();
      for (long count : counts) {
        weights.add(count == 0 ? 0 : (double) n / counts.length / count);
      }
      return weights;
    }
  };

  /**
   * The weights.
   *
   * @param counts training examples of each class
   * @return one a class, or none where all are 1
   */
  public abstract List<Double> of(long[] counts);
}
