package albert.datasets.pretraining;

import java.util.Locale;

/**
 * The share of one of several workers. Together the shards have every example once.
 *
 * @param index counted from 0
 * @param count how many workers there are
 */
public record Shard(int index, int count) {
  /** All of it. */
  public static final Shard WHOLE = new Shard(0, 1);

  /** Checks the numbers. */
  public Shard {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "shard %d of %d, allowed are 0 to one less", index, count));
    }
  }

  boolean has(long position) {
    return position % count == index;
  }
}
