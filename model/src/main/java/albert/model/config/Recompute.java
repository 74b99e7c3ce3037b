package albert.model.config;

/**
 * What of the forward pass is computed a second time in training rather than kept for the backward
 * pass (gradient checkpointing; Chen et al. 2016, arXiv 1604.06174, section 4.1). Gradients are the
 * same.
 */
public enum Recompute {
  /** Nothing. */
  NONE,
  /**
   * Every block applied but the last, whose values are needed at once: of a block only its input is
   * kept.
   */
  LAYERS
}
