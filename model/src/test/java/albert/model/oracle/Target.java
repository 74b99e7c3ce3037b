package albert.model.oracle;

/** What a head is trained for. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Target {

  /** Whether its head stands on the pooled output, or is one that comes with it. */
  default boolean readsPooled() {
    return true;
  }

  /**
   * Masked LM; all arrays [batch, predictions].
   *
   * @param positions in the sequence
   * @param ids the right words
   * @param weights 1 for a prediction that counts, 0 for padding
   */
  record MaskedLm(int[] positions, int[] ids, double[] weights) implements Target {}

  /**
   * Sentence order or next sentence, which compute the same.
   *
   * @param labels 0 or 1, [batch]
   */
  record SentencePair(int[] labels) implements Target {}

  /**
   * Classification.
   *
   * @param numLabels how many classes
   * @param labels the right ones, [batch]
   */
  record Classes(int numLabels, int[] labels) implements Target {}

  /**
   * Regression.
   *
   * @param values the right numbers, [batch]
   */
  record Numbers(double[] values) implements Target {}

  /**
   * A span, its start and end independent.
   *
   * @param starts the right starts, [batch]
   * @param ends the right ends, [batch]
   */
  record Span(int[] starts, int[] ends) implements Target {
    @Override
    public boolean readsPooled() {
      return false;
    }
  }

  /**
   * Sentences that belong to a summary.
   *
   * @param labels 1 or 0 at the first token of a sentence, negative elsewhere, [batch, tokens]
   */
  record Sentences(int[] labels) implements Target {
    @Override
    public boolean readsPooled() {
      return false;
    }
  }

  /**
   * A span, its end given the start, and whether there is one.
   *
   * @param starts the right starts, [batch]
   * @param ends the right ends, [batch]
   * @param impossible 1 where there is no answer, [batch]
   */
  record BeamSpan(int[] starts, int[] ends, double[] impossible) implements Target {
    @Override
    public boolean readsPooled() {
      return false;
    }
  }
}
