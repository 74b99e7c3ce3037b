package albert.evaluation.stats;

import java.util.Comparator;

/**
 * The seeds of a run, by which runs of different variants are pairs.
 *
 * @param init seed of the initialisation
 * @param data seed of the order of the data
 */
public record SeedKey(long init, long data) implements Comparable<SeedKey> {
  private static final Comparator<SeedKey> ORDER =
      Comparator.comparingLong(SeedKey::init).thenComparingLong(SeedKey::data);

  @Override
  public int compareTo(SeedKey other) {
    return ORDER.compare(this, other);
  }
}
