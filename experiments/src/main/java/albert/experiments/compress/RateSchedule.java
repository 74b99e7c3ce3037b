package albert.experiments.compress;

/**
 * A learning rate that rises over the first tenth and then falls to 0: over steps, or over time
 * where that is shorter.
 *
 * @param peak highest rate
 * @param steps at most
 * @param seconds at most; 0 for no limit
 */
record RateSchedule(double peak, int steps, int seconds) {
  private static final double WARM_UP = 0.1;

  /** How much is done, from 0 to 1. */
  double progress(int step, double elapsed) {
    double done = (double) step / steps;
    return seconds == 0 ? done : Math.max(done, elapsed / seconds);
  }

  double rate(double progress) {
    return peak * Math.min(1, (progress + 1.0 / steps) / WARM_UP) * (1 - progress);
  }
}
