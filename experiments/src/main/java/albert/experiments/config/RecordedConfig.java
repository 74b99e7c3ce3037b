package albert.experiments.config;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The configuration of a run or a pretraining, read back from its record. */
public final class RecordedConfig {

  private RecordedConfig() {}

  /**
   * What was recorded, as if a file had set every key.
   *
   * @param values of {@code run.json}, by key
   * @throws ConfigException if a key or a value is unknown here: another version wrote it
   */
  public static Settings settings(Map<String, Object> values) {
    return settings(values, ConfigKeys::find);
  }

  private static Settings settings(
      Map<String, Object> values, Function<String, Optional<ConfigKey>> keys) {
    List<Setting> settings = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          ConfigKey key =
              keys.apply(name)
                  .orElseThrow(
                      () ->
                          new ConfigException(
                              name,
                              String.format(
                                  Locale.ROOT,
                                  "%s is recorded, which this version does not know",
                                  name)));
          settings.add(new Setting(key, key.parse(String.valueOf(value)), "the record"));
        });
    return Settings.of(settings);
  }

  /**
   * The whole configuration of a run. A checkpoint is not looked at: the record has its shape.
   *
   * @param values of {@code run.json}, by key
   * @throws ConfigException if it is not one of this version
   */
  public static RunConfig of(Map<String, Object> values) {
    Settings settings = settings(values);
    return RunConfig.recorded(settings);
  }

  /**
   * Architecture and training of a pretraining.
   *
   * @param values of its {@code run.json}, by key, without the task
   * @throws ConfigException if a key or a value is unknown here: another version wrote it
   */
  public static Settings pretraining(Map<String, Object> values) {
    return settings(values, PretrainingKeys::find);
  }

  /** The architecture that settings read from a record say in full. */
  public static EncoderConfig encoder(Settings settings) {
    return ConfigKeys.ENCODER.with(
        EncoderPreset.ALBERT_BASE.config(), settings.values(ConfigKey.Section.ARCHITECTURE));
  }
}
