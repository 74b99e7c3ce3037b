package albert.experiments.task.kind;

import albert.datasets.batch.EncodedExample;
import albert.model.config.ConfigException;
import java.util.List;
import java.util.Locale;

/**
 * Examples as a model reads them: each is one sequence or several, in the order of the examples.
 */
public interface Sequences {
  /** The sequences; {@link EncodedExample#row()} is the index in this list. */
  List<EncodedExample> rows();

  /** The index of the example that a sequence is of. */
  default int example(int row) {
    return row;
  }

  /** How many of the examples were cut. */
  long cut();

  /**
   * Checks that the longest sequence has room for the shortest.
   *
   * @param maxSeqLength of the longest
   * @param shortest the least that it may be
   * @param parts what the shortest has, for messages
   * @throws ConfigException if not
   */
  static void requireRoom(int maxSeqLength, int shortest, String parts) {
    if (maxSeqLength < shortest) {
      throw new ConfigException(
          "max_seq_length",
          String.format(
              Locale.ROOT,
              "max_seq_length is %d, at least %d are needed: %s",
              maxSeqLength,
              shortest,
              parts));
    }
  }
}
