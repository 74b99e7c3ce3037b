package albert.experiments.config;

import albert.model.config.ConfigException;
import java.util.Locale;

/**
 * What a configuration starts from.
 *
 * @param key {@code preset}: an architecture, from scratch; {@code model}: a checkpoint
 * @param name which one
 */
public record Start(String key, String name) {

  /**
   * The one that was set.
   *
   * @throws ConfigException if neither or both were
   */
  static Start of(Settings settings) {
    boolean model = settings.has(ConfigKeys.MODEL);
    if (model && settings.has(ConfigKeys.PRESET)) {
      throw new ConfigException(
          ConfigKeys.PRESET,
          String.format(
              Locale.ROOT,
              "preset and model are both given (model in %s), allowed is one of them",
              settings.find(ConfigKeys.MODEL).orElseThrow().where()));
    }
    String key = model ? ConfigKeys.MODEL : ConfigKeys.PRESET;
    return settings
        .find(key)
        .map(setting -> new Start(key, (String) setting.value()))
        .orElseThrow(() -> new ConfigException(key, "preset or model is missing"));
  }

  /** Whether it is a checkpoint. */
  public boolean isModel() {
    return key.equals(ConfigKeys.MODEL);
  }
}
