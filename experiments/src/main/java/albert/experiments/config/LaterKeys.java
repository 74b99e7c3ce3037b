package albert.experiments.config;

import java.util.Map;

/**
 * Keys that came after runs had been recorded. With their default a run is what it was before there
 * was the key, and keeps its id.
 */
public final class LaterKeys {
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "oos_train",
          false,
          "head_learning_rate",
          0.0,
          ConfigKeys.SPECIAL_IN_TEXT,
          false,
          ConfigKeys.CLASSIFIER_POOLING,
          "cls",
          ConfigKeys.LAYER_DELTA_RANK,
          0,
          StageKeys.PREFIX + ConfigKeys.LAYER_DELTA_RANK,
          0);

  private LaterKeys() {}

  /**
   * Removes those that have their default.
   *
   * @param values by key, as files write them
   */
  public static void removeDefaults(Map<String, Object> values) {
    DEFAULTS.forEach(values::remove);
  }
}
