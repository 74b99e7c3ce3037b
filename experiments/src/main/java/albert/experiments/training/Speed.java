package albert.experiments.training;

import org.jspecify.annotations.Nullable;

/**
 * Tokens over the time of the steps themselves. The first ones, in which TensorFlow plans and
 * compiles, are left out.
 */
final class Speed {

  private static final int UNMEASURED_STEPS = 10;

  private int steps;
  private long tokens;
  private long nanos;

  /**
   * A step is done.
   *
   * @param stepTokens that are not padding
   */
  void add(long stepTokens, long stepNanos) {
    steps++;
    if (steps > UNMEASURED_STEPS) {
      tokens += stepTokens;
      nanos += stepNanos;
    }
  }

  /** Null if no step was measured. */
  @Nullable Double tokensPerSecond() {
    return tokens == 0 ? null : tokens / (nanos * 1e-9);
  }
}
