package albert.model.config;

/**
 * The family of published code a model belongs to. It decides the names of the variables in a
 * checkpoint, and nothing about the computation: factorisation and sharing are switches of their
 * own.
 */
public enum ModelType {
  /** Names as in google-research/albert, {@code modeling.py}. */
  ALBERT,
  /** Names as in google-research/bert, {@code modeling.py}. */
  BERT
}
