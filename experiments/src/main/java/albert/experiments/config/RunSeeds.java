package albert.experiments.config;

/**
 * The two seeds of a run, from which all others follow by name.
 *
 * @param init draws the initial weights
 * @param data draws the order of the examples and the dropout masks
 */
public record RunSeeds(long init, long data) {}
