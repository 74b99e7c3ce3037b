package albert.experiments.config;

import albert.evaluation.PlainNumber;
import albert.model.config.ConfigException;
import albert.model.runtime.RuntimeOptions;
import java.util.Locale;

/** The key {@code devices}: how many devices a model is trained on, or {@value #ALL}. */
public final class DeviceCount {

  /** The key. */
  public static final String KEY = "devices";

  /** Every GPU, or the one CPU. */
  public static final String ALL = "all";

  private static final int MOST = 1_024;

  private DeviceCount() {}

  /**
   * The number that the key says, {@link RuntimeOptions#ALL_DEVICES} for {@value #ALL}.
   *
   * @throws ConfigException if it says something else
   */
  public static int of(String text) {
    if (text.equals(ALL)) {
      return RuntimeOptions.ALL_DEVICES;
    }
    long count = PlainNumber.whole(text).orElse(0);
    if (count < 1 || count > MOST) {
      throw new ConfigException(
          KEY,
          String.format(
              Locale.ROOT, "devices is '%s', allowed are 1 to %d and %s", text, MOST, ALL));
    }
    return (int) count;
  }

  /**
   * Checks the key beside a batch.
   *
   * @throws ConfigException if it is malformed, or a device would get no part of a batch
   */
  static void check(String text, int batchSize) {
    if (of(text) > batchSize) {
      throw new ConfigException(
          KEY,
          String.format(
              Locale.ROOT,
              "devices is %s, but batch_size is %d: each device needs a part of the batch",
              text,
              batchSize));
    }
  }
}
