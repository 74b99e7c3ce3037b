package albert.experiments.forecast;

/**
 * How long something may take.
 *
 * @param seconds of wall-clock time
 * @param from what it is from, in words
 */
record TimeEstimate(double seconds, String from) {}
