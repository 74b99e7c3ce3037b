package albert.experiments.config;

import albert.model.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every run of a study: base × variants × seeds, resolved and valid before the first one starts.
 *
 * @param study the study
 * @param runs seed by seed, so that an unfinished study has as many runs of each variant as it can
 */
public record RunPlan(Study study, List<PlannedRun> runs) {

  private static final int MAX_RUNS = 100_000;

  /** Copies its arguments. */
  public RunPlan {
    runs = List.copyOf(runs);
  }

  /**
   * Plans a study.
   *
   * @throws ConfigException if any of its variants is not allowed, with file and line
   */
  public static RunPlan of(Study study) {
    for (Study.Axis axis : study.axes()) {
      study
          .base()
          .find(axis.key().name())
          .ifPresent(
              twice -> {
                throw new ConfigException(
                    axis.key().name(),
                    String.format(
                        Locale.ROOT,
                        "%s is in base (%s) and varies too (%s)",
                        axis.key().name(),
                        twice.where(),
                        axis.values().get(0).where()));
              });
    }
    List<Settings> variants = variants(study);
    List<RunConfig> configs =
        variants.stream().map(variant -> resolve(study, study.base().plus(variant))).toList();
    List<PlannedRun> runs = new ArrayList<>();
    for (RunSeeds seeds : study.seeds()) {
      for (int i = 0; i < variants.size(); i++) {
        runs.add(new PlannedRun(variants.get(i), configs.get(i), seeds));
      }
    }
    return new RunPlan(study, runs);
  }

  /** Everything that was set for a run, with the places to change. */
  public Settings settings(PlannedRun run) {
    return study.base().plus(run.variant());
  }

  private static RunConfig resolve(Study study, Settings settings) {
    for (String key : List.of(ConfigKeys.TASK, ConfigKeys.PRESET)) {
      if (!settings.has(key)) {
        throw new ConfigException(
            key, String.format(Locale.ROOT, "base has no %s in %s", key, study.source()));
      }
    }
    return RunConfig.resolve(settings);
  }

  private static List<Settings> variants(Study study) {
    long count =
        study.axes().stream()
            .mapToLong(axis -> axis.values().size())
            .reduce(1, (a, b) -> Math.min(a * b, MAX_RUNS + 1L));
    if (count * study.seeds().size() > MAX_RUNS) {
      throw new ConfigException(
          "vary", String.format(Locale.ROOT, "more than %d runs in %s", MAX_RUNS, study.source()));
    }
    List<Settings> variants = List.of(Settings.NONE);
    for (Study.Axis axis : study.axes()) {
      variants =
          variants.stream()
              .flatMap(v -> axis.values().stream().map(s -> v.plus(Settings.of(List.of(s)))))
              .toList();
    }
    return variants;
  }
}
