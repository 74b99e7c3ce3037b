package albert.datasets.pretraining;

/** What the second segment of an example is, and so what its label says. */
public enum PairObjective {
  /**
   * ALBERT's sentence order (paper, section 3.1): two consecutive segments, swapped in half of the
   * examples; label 1 = swapped.
   */
  SENTENCE_ORDER,
  /**
   * BERT's next sentence (arXiv 1810.04805, section 3.1): the second segment is from a random other
   * document in half of the examples; label 1 = random.
   */
  NEXT_SENTENCE,
  /** No pair: one segment, masked language modelling alone; the label is always 0. */
  NONE;

  /** Whether examples have two segments. */
  public boolean hasPairs() {
    return this != NONE;
  }
}
