package albert.experiments.config;

import albert.datasets.span.SquadTask;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextTask;
import albert.experiments.task.TaskKinds;
import albert.model.io.HeadKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a configuration that do not act. A key acts if another value of it, the other keys
 * being what they are, would change the run. What does not act is left out where a configuration is
 * shown, and said where someone set it; records keep every key.
 */
public final class IdleKeys {

  private static final List<Rule> RULES =
      List.of(
          rule("max_steps decides", v -> v.number("max_steps") > 0, "epochs"),
          rule("warmup_steps decides", v -> v.number("warmup_steps") > 0, "warmup_proportion"),
          rule("LAMB does without it", v -> v.is("optimizer", "lamb"), "bias_correction"),
          rule(
              "dev is evaluated once, at the end",
              IdleKeys::evaluatesOnce,
              "early_stopping_patience"),
          rule("the task has no classes", IdleKeys::hasNoClasses, "class_weights"),
          rule(
              "no labels are separated",
              v -> !v.is("label_kind", "multi") && !v.byKey.containsKey("labels"),
              "label_separator"),
          rule("span_head is bert", v -> v.is("span_head", "bert"), "start_n_top", "end_n_top"),
          rule(
              "every question of the task has an answer",
              v -> v.is(ConfigKeys.TASK, SquadTask.V1_1.id()),
              "null_score_diff_threshold"),
          rule(
              "a summary has one sentence",
              v -> v.number("summary_sentences") == 1,
              "trigram_blocking"),
          rule(
              "all layers that share have one set of weights",
              v -> v.number("groups") == 1,
              "sharing_pattern"),
          rule(
              "embedding_size is not hidden_size",
              v -> !v.same("embedding_size", "hidden_size"),
              "project_equal_sizes"),
          rule(
              "the task's head reads every token by itself",
              IdleKeys::readsTokens,
              ConfigKeys.CLASSIFIER_POOLING),
          rule("no layers are merged", v -> v.is("sharing", "none"), "merge"),
          rule(
              "no embedding is factorised",
              v -> v.same("embedding_size", "hidden_size"),
              "embedding_steps"),
          rule(
              "distill_steps is 0",
              v -> v.number("distill_steps") == 0,
              "distill_seconds",
              "distill_learning_rate"),
          rule(
              "all layers that share have one set of weights",
              v -> v.number("pretrain_groups") == 1,
              "pretrain_sharing_pattern"),
          rule(
              "nothing is held out",
              v -> v.number("pretrain_held_out_proportion") == 0,
              "pretrain_eval_examples",
              "pretrain_eval_steps"));

  private IdleKeys() {}

  private record Rule(String reason, Predicate<Values> applies, List<String> keys) {}

  private static Rule rule(String reason, Predicate<Values> applies, String... keys) {
    return new Rule(reason, applies, List.of(keys));
  }

  /** A configuration as files write it; a key that it lacks is no number and no word. */
  private record Values(Map<String, ?> byKey) {

    double number(String key) {
      return byKey.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    boolean is(String key, String word) {
      return word.equals(byKey.get(key));
    }

    boolean same(String one, String other) {
      return number(one) == number(other);
    }
  }

  /**
   * The keys that do not act, with the reason.
   *
   * @param values by key, as files and records write them
   */
  public static Map<String, String> of(Map<String, ?> values) {
    Map<String, String> idle = new LinkedHashMap<>();
    for (Rule rule : RULES) {
      if (rule.applies.test(new Values(values))) {
        rule.keys.stream().filter(values::containsKey).forEach(key -> idle.put(key, rule.reason));
      }
    }
    return idle;
  }

  /** A configuration without the keys that do not act. */
  public static Map<String, Object> acting(RunConfig config) {
    Map<String, Object> values = config.values();
    values.keySet().removeAll(of(values).keySet());
    return values;
  }

  /**
   * A note for each key that was set and does not act: {@code epochs is set, but max_steps
   * decides}.
   *
   * @param given what was set
   * @param config what it resolves to
   */
  public static List<String> notes(Settings given, RunConfig config) {
    return List.copyOf(notesByKey(given, config).values());
  }

  /** The same notes by key. */
  public static Map<ConfigKey, String> notesByKey(Settings given, RunConfig config) {
    Map<String, Object> values = config.values();
    Map<String, String> idle = of(values);
    Map<ConfigKey, String> notes = new LinkedHashMap<>();
    for (Setting setting : given.all()) {
      String key = setting.key().name();
      String reason = values.containsKey(key) ? idle.get(key) : absent(setting.key());
      if (reason != null) {
        notes.put(setting.key(), String.format(Locale.ROOT, "%s is set, but %s", key, reason));
      }
    }
    return notes;
  }

  /** Why a key is not in a configuration although it was set. */
  private static @Nullable String absent(ConfigKey key) {
    return switch (key.section()) {
      case COMPRESSION -> "nothing is compressed";
      case PRETRAINING -> key.name().equals(StageKeys.CORPUS) ? null : "nothing is pretrained";
      case RUN, ARCHITECTURE, TASK, TRAINING -> null;
    };
  }

  private static boolean evaluatesOnce(Values values) {
    double steps = values.number("max_steps");
    return steps > 0
        ? values.number("eval_steps") >= steps
        : values.number("eval_steps") == 0 && values.number("epochs") == 1;
  }

  /** Spans, entities and sentences of a document have no head for whole texts. */
  private static boolean readsTokens(Values values) {
    return TaskKinds.of(String.valueOf(values.byKey.get(ConfigKeys.TASK)))
        .filter(kind -> kind.heads().stream().noneMatch(HeadKind::needsPooler))
        .isPresent();
  }

  /** Numbers, and labels that are each yes or no by themselves. */
  private static boolean hasNoClasses(Values values) {
    if (values.is("label_kind", "number") || values.is("label_kind", "multi")) {
      return true;
    }
    return TaskKinds.task(String.valueOf(values.byKey.get(ConfigKeys.TASK)))
        .filter(task -> task instanceof TextTask texts && texts.kind() == LabelKind.REGRESSION)
        .isPresent();
  }
}
