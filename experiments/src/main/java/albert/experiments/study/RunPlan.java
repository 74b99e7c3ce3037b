package albert.experiments.study;

import albert.experiments.config.Checkpoints;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKey.Section;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.IdleKeys;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.model.config.ConfigException;
import albert.reports.summary.StudyDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every run of a study: base × variants × seeds, resolved and valid before the first one starts. A
 * study is read by its scores, predictions and logs, and has many runs: unless {@code keep} is
 * given they leave no weights, and unless {@code predict_parts} is, they predict what has labels.
 *
 * @param study the study
 * @param runs seed by seed, so that an unfinished study has as many runs of each variant as it can
 */
public record RunPlan(Study study, List<PlannedRun> runs) {

  private static final int MAX_RUNS = 100_000;

  /** Where a study does not say it: a key, and its value. */
  private static final Map<String, String> DEFAULTS =
      Map.of(ConfigKeys.KEEP, "none", ConfigKeys.PREDICT_PARTS, "labelled");

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
    return of(study, Checkpoints.NONE);
  }

  /**
   * Plans a study that may start from checkpoints.
   *
   * @throws ConfigException if any of its variants is not allowed, with file and line
   */
  public static RunPlan of(Study study, Checkpoints checkpoints) {
    study.axes().stream()
        .filter(Study.Axis::isKey)
        .forEach(axis -> requireNotInBase(study.base(), axis));
    List<Variant> variants = variants(study);
    List<RunConfig> configs =
        variants.stream()
            .map(variant -> resolve(study, study.base().plus(variant.settings), checkpoints))
            .toList();
    requireDifferent(study, variants, configs);
    requireScored(study, configs);
    List<PlannedRun> runs = new ArrayList<>();
    for (RunSeeds seeds : study.seeds()) {
      for (int i = 0; i < variants.size(); i++) {
        Variant variant = variants.get(i);
        runs.add(new PlannedRun(variant.name(), variant.settings, configs.get(i), seeds));
      }
    }
    return new RunPlan(study, runs);
  }

  /** Everything that was set for a run, with the places to change. */
  public Settings settings(PlannedRun run) {
    return study.base().plus(run.variant());
  }

  /** What the keys that vary are in a run, those that its variant leaves as they are included. */
  public SortedMap<String, Object> varied(PlannedRun run) {
    return varied(run, study.variedKeys());
  }

  /**
   * The same of the baseline, a key that it lacks being {@link StudyDescription#MISSING}; empty if
   * there is none.
   */
  public SortedMap<String, Object> baseline() {
    Map<String, Object> chosen = study.baseline().map(Settings::values).orElseGet(Map::of);
    Set<String> keys =
        study.axes().stream()
            .map(Study.Axis::keys)
            .filter(axis -> axis.stream().anyMatch(chosen::containsKey))
            .flatMap(Set::stream)
            .collect(Collectors.toSet());
    return runs.stream()
        .filter(run -> run.variant().values().entrySet().containsAll(chosen.entrySet()))
        .findFirst()
        .map(
            run -> {
              SortedMap<String, Object> values = varied(run, keys);
              keys.forEach(key -> values.putIfAbsent(key, StudyDescription.MISSING));
              return values;
            })
        .orElseGet(TreeMap::new);
  }

  private static SortedMap<String, Object> varied(PlannedRun run, Set<String> keys) {
    SortedMap<String, Object> values = new TreeMap<>(run.config().values());
    values.keySet().retainAll(keys);
    return values;
  }

  /**
   * A note for each key that was set and does not act ({@link IdleKeys}); what is not so in all
   * variants names one. How a checkpoint is compressed or pretrained is said in {@code base} for
   * the variants that do it: that the others don't is no note.
   */
  public Set<String> idleNotes() {
    Map<String, Integer> runsOf = new LinkedHashMap<>();
    Map<String, String> named = new HashMap<>();
    for (PlannedRun run : runs) {
      IdleKeys.notesByKey(settings(run), run.config())
          .forEach(
              (key, note) -> {
                runsOf.merge(note, 1, Integer::sum);
                if (!isForThoseThatDoIt(key, run)) {
                  named.putIfAbsent(
                      note, String.format(Locale.ROOT, "%s (in %s)", note, run.label()));
                }
              });
    }
    Set<String> notes = new LinkedHashSet<>();
    runsOf.forEach(
        (note, count) -> {
          if (count == runs.size()) {
            notes.add(note);
          } else if (named.containsKey(note)) {
            notes.add(named.get(note));
          }
        });
    return notes;
  }

  private static boolean isForThoseThatDoIt(ConfigKey key, PlannedRun run) {
    return (key.section() == Section.COMPRESSION || key.section() == Section.PRETRAINING)
        && !run.variant().values().containsKey(key.name());
  }

  /** A choice from every axis. */
  private record Variant(List<String> names, Settings settings) {

    Variant plus(Study.Choice choice) {
      List<String> longer = new ArrayList<>(names);
      longer.add(choice.label());
      return new Variant(longer, settings.plus(choice.settings()));
    }

    /** Empty if no choice has a name: then the values do. */
    String name() {
      return String.join(", ", names).equals(settings.label()) ? "" : String.join(", ", names);
    }
  }

  private static void requireNotInBase(Settings base, Study.Axis axis) {
    base.find(axis.name())
        .ifPresent(
            twice -> {
              throw new ConfigException(
                  axis.name(),
                  String.format(
                      Locale.ROOT,
                      "%s is in base (%s) and varies too (%s)",
                      axis.name(),
                      twice.where(),
                      axis.choices().get(0).settings().all().get(0).where()));
            });
  }

  /** What is declared as the primary metric must be one of a task's. */
  private static void requireScored(Study study, List<RunConfig> configs) {
    String primary = study.analysis().primary();
    if (primary == null) {
      return;
    }
    Set<String> scores = new LinkedHashSet<>();
    configs.forEach(config -> scores.addAll(config.dataSet().metricIds()));
    if (!scores.contains(primary)) {
      throw new ConfigException(
          "analysis",
          String.format(
              Locale.ROOT,
              "analysis.primary is %s, the tasks of %s are scored by %s",
              primary,
              study.source(),
              String.join(", ", scores)));
    }
  }

  private static void requireDifferent(
      Study study, List<Variant> variants, List<RunConfig> configs) {
    Map<Map<String, Object>, Variant> seen = new HashMap<>();
    for (int i = 0; i < configs.size(); i++) {
      Map<String, Object> values = configs.get(i).values();
      values.keySet().removeAll(RunConfig.AROUND);
      Variant same = seen.putIfAbsent(values, variants.get(i));
      if (same != null) {
        throw new ConfigException(
            "vary",
            String.format(
                Locale.ROOT,
                "variants '%s' and '%s' are the same in %s",
                String.join(", ", same.names),
                String.join(", ", variants.get(i).names),
                study.source()));
      }
    }
  }

  private static RunConfig resolve(Study study, Settings settings, Checkpoints checkpoints) {
    boolean starts = settings.has(ConfigKeys.PRESET) || settings.has(ConfigKeys.MODEL);
    if (!starts || !settings.has(ConfigKeys.TASK)) {
      throw new ConfigException(
          starts ? ConfigKeys.TASK : ConfigKeys.PRESET,
          String.format(
              Locale.ROOT,
              "base has no %s in %s",
              starts ? ConfigKeys.TASK : "preset and no model",
              study.source()));
    }
    List<Setting> defaults = new ArrayList<>();
    DEFAULTS.forEach(
        (name, value) -> {
          ConfigKey key = ConfigKeys.find(name).orElseThrow();
          defaults.add(new Setting(key, key.parse(value), "a study's default"));
        });
    return RunConfig.resolve(Settings.of(defaults).plus(settings), checkpoints);
  }

  private static List<Variant> variants(Study study) {
    long count =
        study.axes().stream()
            .mapToLong(axis -> axis.choices().size())
            .reduce(1, (a, b) -> Math.min(a * b, MAX_RUNS + 1L));
    if (count * study.seeds().size() > MAX_RUNS) {
      throw new ConfigException(
          "vary", String.format(Locale.ROOT, "more than %d runs in %s", MAX_RUNS, study.source()));
    }
    List<Variant> variants = List.of(new Variant(List.of(), Settings.NONE));
    for (Study.Axis axis : study.axes()) {
      variants =
          variants.stream().flatMap(variant -> axis.choices().stream().map(variant::plus)).toList();
    }
    return variants;
  }
}
