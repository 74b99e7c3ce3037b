package albert.model.optim;

import albert.model.config.ConfigException;
import java.util.Locale;

/**
 * Linear warm-up, then polynomial decay (google-research/albert, {@code optimization.py}).
 *
 * <p>The rate of update t, counted from 0, is {@code peak · t / warmup} for t below warmup, and
 * from then on {@code (peak - end) (1 - t / total)^power + end}; so the first update of a schedule
 * with warm-up has rate 0.
 *
 * @param peak the learning rate that warm-up leads to
 * @param warmupSteps updates of warm-up, 0 for none
 * @param totalSteps updates until the end value is reached
 * @param power 1 for linear decay
 * @param end the rate at the end and after
 */
public record LearningRateSchedule(
    double peak, long warmupSteps, long totalSteps, double power, double end) {

  /**
   * Checks the numbers.
   *
   * @throws ConfigException naming the key
   */
  public LearningRateSchedule {
    if (!(peak > 0 && peak <= 1_000)) {
      throw new ConfigException(
          "learning_rate",
          String.format(Locale.ROOT, "learning_rate is %s, allowed is above 0", peak));
    }
    if (totalSteps < 1) {
      throw new ConfigException(
          "max_steps",
          String.format(
              Locale.ROOT, "there are %d steps to train, at least 1 is needed", totalSteps));
    }
    if (warmupSteps < 0 || warmupSteps > totalSteps) {
      throw new ConfigException(
          "warmup_proportion",
          String.format(
              Locale.ROOT,
              "warm-up is %d of %d steps, allowed are 0 to all",
              warmupSteps,
              totalSteps));
    }
    if (!(power > 0) || !(end >= 0 && end <= peak)) {
      throw new ConfigException(
          "learning_rate", String.format(Locale.ROOT, "decay has power %s and end %s", power, end));
    }
  }

  /** Warm-up, then linear decay to 0. */
  public static LearningRateSchedule linear(double peak, long warmupSteps, long totalSteps) {
    return new LearningRateSchedule(peak, warmupSteps, totalSteps, 1, 0);
  }

  /**
   * The rate of an update.
   *
   * @param step number of the update, from 0
   */
  public double at(long step) {
    if (step < warmupSteps) {
      return peak * step / warmupSteps;
    }
    double left = 1 - (double) Math.min(step, totalSteps) / totalSteps;
    return (peak - end) * Math.pow(left, power) + end;
  }
}
