package albert.model.optim;

import albert.model.config.ConfigException;
import albert.model.config.Range;

/**
 * How weights are updated.
 *
 * @param kind which optimizer
 * @param weightDecay decoupled weight decay, not applied to layer norms and biases
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the square root of the second moment
 * @param maxGradNorm gradients are scaled down to this global norm; 0 for no clipping
 * @param biasCorrection whether moments are corrected for their start at 0: PyTorch's AdamW does,
 *     Google's AdamW and LAMB don't
 */
public record OptimizerConfig(
    Kind kind,
    double weightDecay,
    double beta1,
    double beta2,
    double epsilon,
    double maxGradNorm,
    boolean biasCorrection) {

  /** The optimizers there are. */
  public enum Kind {
    /** Adam with decoupled weight decay (arXiv 1711.05101). */
    ADAMW,
    /** Layer-wise adaptive moments (arXiv 1904.00962). */
    LAMB
  }

  /**
   * Checks the numbers.
   *
   * @throws ConfigException naming the key
   */
  public OptimizerConfig {
    Range.atLeast("weight_decay", weightDecay, 0);
    Range.belowOne("beta1", beta1);
    Range.belowOne("beta2", beta2);
    Range.require(epsilon > 0 && epsilon < 1, "epsilon", epsilon, "above 0 and below 1");
    Range.atLeast("max_grad_norm", maxGradNorm, 0);
  }

  /** What Google's ALBERT and BERT train with: decay 0.01, ε 1e-6, clipping at 1. */
  public static OptimizerConfig google(Kind kind) {
    return new OptimizerConfig(kind, 0.01, 0.9, 0.999, 1e-6, 1.0, false);
  }

  /** What fine-tuning with PyTorch usually has: as Google's, ε 1e-8, with bias correction. */
  public static OptimizerConfig adamW() {
    return new OptimizerConfig(Kind.ADAMW, 0.01, 0.9, 0.999, 1e-8, 1.0, true);
  }
}
