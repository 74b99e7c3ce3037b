package albert.experiments.forecast;

/**
 * How long a run may take.
 *
 * @param seconds of wall-clock time
 * @param flops that it was estimated for
 * @param from what it is from, in words
 */
record TimeEstimate(double seconds, double flops, String from) {}
