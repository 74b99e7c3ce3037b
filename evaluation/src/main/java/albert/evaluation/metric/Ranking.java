package albert.evaluation.metric;

import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;

/**
 * Orders by score, the highest first. Of equal scores the one with the lower index comes first: one
 * rule for what is listed and for what is scored. No score is NaN.
 */
public final class Ranking {
  private static final int LOW_BITS = 0x7fff_ffff;

  private Ranking() {}

  /**
   * The indices of the best, in their order.
   *
   * @param scores float32, of which some are looked at
   * @param from the first of them, which has the index 0
   * @param count how many
   * @param best how many are wanted, at least 1; all where there are fewer
   */
  public static int[] best(float[] scores, int from, int count, int best) {
    PriorityQueue<Long> kept = new PriorityQueue<>();
    for (int i = 0; i < count; i++) {
      long key = key(scores[from + i], i);
      if (kept.size() < best) {
        kept.add(key);
      } else if (key > kept.element()) {
        kept.remove();
        kept.add(key);
      }
    }
    int[] indices = new int[kept.size()];
    for (int i = indices.length - 1; i >= 0; i--) {
      indices[i] = LOW_BITS - (int) (long) kept.remove();
    }
    return indices;
  }

  /** Greater for what comes first: the score's bits in its order, then the index. */
  private static long key(float score, int index) {
    int bits = Float.floatToIntBits(score + 0f); // -0 becomes 0
    long ordered = bits < 0 ? bits ^ LOW_BITS : bits;
    return ordered << Integer.SIZE | (LOW_BITS - index);
  }

  /**
   * The place of an index, from 1: scores 0.5 0.9 0.5 have the places 2 1 3.
   *
   * @param scores by index
   * @param count how many there are
   */
  public static int rank(IntToDoubleFunction scores, int count, int index) {
    double own = scores.applyAsDouble(index);
    int before = 0;
    for (int i = 0; i < count; i++) {
      double other = scores.applyAsDouble(i);
      before += other > own || (other == own && i < index) ? 1 : 0;
    }
    return before + 1;
  }
}
