package albert.experiments.config;

/**
 * The weights that a finished run leaves. It changes nothing that a run computes, so it is no part
 * of a run's id.
 */
public enum Keep {
  /** The last weights, and beside them those that are best on dev. */
  BOTH,
  /** Those that are best on dev. */
  BEST,
  /** The last ones. */
  LAST,
  /** None: record, metrics and predictions are all that stays. */
  NONE
}
