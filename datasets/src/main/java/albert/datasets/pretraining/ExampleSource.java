package albert.datasets.pretraining;

import java.util.Iterator;

/** Where pretraining examples come from: raw text, or files that hold examples already. */
public interface ExampleSource {
  /**
   * The examples of an epoch, made or read as they are asked for, in an order that depends on seed
   * and epoch alone.
   *
   * @param seed of everything that is drawn
   * @param epoch counted from 0
   */
  Iterator<PretrainingExample> epoch(long seed, int epoch);
}
