package albert.experiments.bench;

import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.reports.benchmark.BenchCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes points of what was asked for.
 *
 * @param asked the keys that were given
 * @param machine where it runs
 */
record PointPlanner(Settings asked, BenchMachine machine) {

  /**
   * Where a point lies.
   *
   * @param mode what a unit of work is
   * @param batch sequences
   * @param sequence tokens in each
   */
  record Place(Workload.Mode mode, int batch, int sequence) {}

  /**
   * A point.
   *
   * @param others keys with values in place of what was asked
   * @throws albert.model.config.ConfigException if there can be no such point
   */
  PlannedPoint point(Place place, Map<String, Object> others) {
    Settings settings = asked.plus(settings(runtime())).plus(settings(others));
    EncoderConfig config = Workload.still(RunConfig.resolveEncoder(settings));
    Workload.cost(config, place.batch(), place.sequence()); // only for what it refuses
    BenchCase setting =
        new BenchCase(
            text(settings, ConfigKeys.PRESET, EncoderPreset.ALBERT_BASE.id()),
            place.mode().name().toLowerCase(Locale.ROOT),
            text(settings, "device", ""),
            text(settings, "precision", ""),
            (Integer) settings.find("threads").orElseThrow().value(),
            place.batch(),
            place.sequence(),
            new TreeMap<>(ConfigKeys.values(config)));
    return new PlannedPoint(
        setting,
        options(setting, settings),
        machine.obstacle(config, place.mode(), place.batch(), place.sequence()));
  }

  /** What is left to decide is decided once for all points. */
  private Map<String, Object> runtime() {
    return Map.of(
        "device",
        machine.runtime().device().name().toLowerCase(Locale.ROOT),
        "precision",
        machine.runtime().precision().name().toLowerCase(Locale.ROOT),
        "threads",
        machine.runtime().threads());
  }

  private static Settings settings(Map<String, Object> values) {
    return Settings.of(
        new TreeMap<>(values)
            .entrySet().stream()
                .map(
                    value -> {
                      ConfigKey key = ConfigKeys.find(value.getKey()).orElseThrow();
                      return new Setting(key, value.getValue(), "option --sweep");
                    })
                .toList());
  }

  private static String text(Settings settings, String key, String otherwise) {
    return settings.find(key).map(given -> (String) given.value()).orElse(otherwise);
  }

  private static List<String> options(BenchCase setting, Settings settings) {
    List<String> options = new ArrayList<>();
    for (Setting given : settings.all()) {
      options.add(given.key().option() + "=" + given.value());
    }
    options.add("--mode=" + setting.mode());
    options.add("--batch=" + setting.batch());
    options.add("--sequence=" + setting.sequence());
    return options;
  }
}
