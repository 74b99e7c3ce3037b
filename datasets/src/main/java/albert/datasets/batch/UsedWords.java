package albert.datasets.batch;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The words that occur in encoded examples. */
public final class UsedWords {

  private UsedWords() {}

  /**
   * Ids of the words of all examples.
   *
   * @return empty if some of the examples are made only when they are asked for, so that it would
   *     take long to know
   */
  public static Optional<BitSet> of(List<List<EncodedExample>> parts) {
    if (parts.stream().anyMatch(part -> part instanceof StoredExamples)) {
      return Optional.empty();
    }
    BitSet words = new BitSet();
    for (List<EncodedExample> part : parts) {
      for (EncodedExample example : part) {
        for (int id : example.sequence().inputIds()) {
          words.set(id);
        }
      }
    }
    return Optional.of(words);
  }
}
