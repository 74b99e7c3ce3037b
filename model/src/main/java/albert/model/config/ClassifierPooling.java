package albert.model.config;

/** What a head for whole sequences reads; the key and its values are ModernBERT's. */
public enum ClassifierPooling {
  /** The first token, through the pooler: a dense layer and tanh, as in BERT and ALBERT. */
  CLS,
  /**
   * The mean of the last block's output over the tokens that are not padding, without a pooler:
   * what encoders of sentences are trained for (Sentence-BERT, arXiv 1908.10084, section 3).
   * Published BERT and ALBERT code does not have it.
   */
  MEAN
}
