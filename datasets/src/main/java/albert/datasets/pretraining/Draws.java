package albert.datasets.pretraining;

import java.util.SplittableRandom;

/** Seeds and orders. */
final class Draws {
  private Draws() {}

  /** A seed for a member of a seed's family; those of neighbours have nothing in common. */
  static long mix(long seed, long member) {
    return new SplittableRandom(new SplittableRandom(seed).nextLong() + member).nextLong();
  }

  /** 0 to n, exclusive, in random order. */
  static int[] shuffled(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
