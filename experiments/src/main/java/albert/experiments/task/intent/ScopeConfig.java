package albert.experiments.task.intent;

import static albert.model.config.Range.between;

/**
 * How queries that are out of scope are told.
 *
 * @param oosThreshold a query whose likeliest intent has a lower probability is out of scope; 0
 *     takes none for it, and in training has the threshold chosen on dev unless out of scope is
 *     learnt
 * @param oosTrain whether out of scope is learnt, as one more intent
 */
public record ScopeConfig(double oosThreshold, boolean oosTrain) {
  /** The threshold's key. */
  static final String THRESHOLD = "oos_threshold";

  /** Not learnt, by a threshold that is chosen on dev. */
  public static final ScopeConfig DEFAULT = new ScopeConfig(0, false);

  /**
   * Checks the threshold.
   *
   * @throws albert.model.config.ConfigException naming the key, the value found and what is allowed
   */
  public ScopeConfig {
    between(THRESHOLD, oosThreshold, 0, 1);
  }
}
