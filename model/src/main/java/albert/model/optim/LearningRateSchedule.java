package albert.model.optim;

import albert.model.config.ConfigException;
import albert.model.config.Range;
import java.util.Locale;

/**
 * Linear warm-up, then polynomial decay (google-research/albert, {@code optimization.py}).
 *
 * <p>The rate of update t, counted from 0, is {@code peak · t / warmup} for t below warmup, and
 * from then on {@code (peak - end) (1 - t / total)^power + end}; so the first update of a schedule
 * with warm-up has rate 0.
 *
 * <p>The decay counts from the first update, not from the end of the warm-up, so that a schedule
 * with warm-up never reaches its peak. Worked for MRPC (Table 14): peak 2e-5, warm-up 200 of 800
 * updates, linear. Update 199 has 2e-5 · 199 / 200 = 1.99e-5, the highest rate of all; update 200
 * has 2e-5 · (1 - 200 / 800) = 1.5e-5; update 799 has 2.5e-8. Hugging Face's linear schedule decays
 * from the peak instead, and has 2e-5 at update 200.
 *
 * @param peak the learning rate that warm-up leads towards
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
    Range.positive("learning_rate", peak, 1_000);
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
