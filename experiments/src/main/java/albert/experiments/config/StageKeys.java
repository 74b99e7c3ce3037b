package albert.experiments.config;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a {@link PretrainingStage}: its own, those of {@link PretrainingConfig}, and what of
 * the architecture may be another one in pretraining than in the run.
 */
final class StageKeys {

  static final String PREFIX = "pretrain_";

  static final String CORPUS = PREFIX + "corpus";
  private static final String ADDITIONAL_CORPUS = PREFIX + "additional_corpus";
  private static final String TOKENIZER = PREFIX + "tokenizer";
  private static final String SEED = PREFIX + "seed";

  /** A corpus that says: no pretraining. */
  private static final String NO_CORPUS = "none";

  /** The run's count. */
  private static final List<String> OF_THE_RUN =
      List.of("threads", "device", DeviceCount.KEY, "precision", "keep_checkpoints");

  /** Another one than the run's is compressed after pretraining. */
  private static final List<String> SHAPE =
      List.of(
          "model_type",
          "embedding_size",
          "sharing",
          "sharing_pattern",
          "groups",
          ConfigKeys.LAYER_DELTA_RANK,
          "project_equal_sizes");

  private static final List<String> DROPOUTS =
      List.of("hidden_dropout_prob", "attention_probs_dropout_prob");

  /** What changes nothing, or stands for content whose hash counts instead. */
  static final List<String> NOT_IDENTITY =
      List.of(
          CORPUS,
          ADDITIONAL_CORPUS,
          TOKENIZER,
          PREFIX + "logging_steps",
          PREFIX + "checkpoint_steps",
          PREFIX + "eval_steps");

  private static final RecordKeys<PretrainingConfig> TRAINING =
      new RecordKeys<>(PretrainingConfig.class);

  private StageKeys() {}

  /**
   * Every key.
   *
   * @param architecture the keys of the architecture
   * @param help by key
   */
  static List<ConfigKey> all(List<ConfigKey> architecture, Map<String, String> help) {
    List<ConfigKey> keys = new ArrayList<>();
    for (String text : List.of(CORPUS, ADDITIONAL_CORPUS, TOKENIZER)) {
      keys.add(key(text, ConfigKey.Kind.TEXT, List.of(), "", help));
    }
    keys.add(key(SEED, ConfigKey.Kind.INTEGER, List.of(), "0", help));
    for (ConfigKey key : architecture) {
      if (SHAPE.contains(key.name()) || DROPOUTS.contains(key.name())) {
        keys.add(key(PREFIX + key.name(), key.kind(), key.allowed(), "", help));
      }
    }
    for (ConfigKey key :
        TRAINING.keys(ConfigKey.Section.PRETRAINING, PretrainingConfig.DEFAULT, Map.of())) {
      if (!OF_THE_RUN.contains(key.name())) {
        keys.add(key(PREFIX + key.name(), key.kind(), key.allowed(), key.defaultText(), help));
      }
    }
    return keys;
  }

  private static ConfigKey key(
      String name,
      ConfigKey.Kind kind,
      List<String> allowed,
      String otherwise,
      Map<String, String> help) {
    return new ConfigKey(
        name, ConfigKey.Section.PRETRAINING, kind, allowed, otherwise, help.getOrDefault(name, ""));
  }

  /**
   * The stage that was asked for; null if none was, or if its corpus is {@code none}: so one
   * variant of a study goes without the pretraining that its base describes.
   *
   * @param source the architecture that training begins with: the preset's as given, or the
   *     checkpoint's
   * @param given the run's architecture, as given
   * @param training the run's
   * @throws ConfigException naming the key
   */
  static @Nullable PretrainingStage resolve(
      Settings settings, EncoderConfig source, EncoderConfig given, TrainingConfig training) {
    Map<String, Object> values = settings.values(ConfigKey.Section.PRETRAINING);
    if (values.isEmpty()) {
      return null;
    }
    if (!values.containsKey(CORPUS)) {
      String first = values.keySet().iterator().next();
      throw new ConfigException(
          first, String.format(Locale.ROOT, "%s is given, but %s is missing", first, CORPUS));
    }
    if (text(values, CORPUS).equals(NO_CORPUS)) {
      return null;
    }
    Map<String, Object> encoder = new HashMap<>(ConfigKeys.values(source));
    encoder.keySet().retainAll(SHAPE);
    Map<String, Object> config = new HashMap<>();
    values.forEach(
        (name, value) -> {
          String own = name.substring(PREFIX.length());
          (SHAPE.contains(own) || DROPOUTS.contains(own) ? encoder : config).put(own, value);
        });
    config.put("threads", training.threads());
    config.put("device", word(training.device()));
    config.put(DeviceCount.KEY, training.devices());
    config.put("precision", word(training.precision()));
    return naming(
        () ->
            new PretrainingStage(
                text(values, CORPUS),
                text(values, ADDITIONAL_CORPUS),
                text(values, TOKENIZER),
                checkedSeed(values),
                ConfigKeys.ENCODER.with(given, encoder),
                TRAINING.with(PretrainingConfig.DEFAULT, config)));
  }

  /** Every key with its value, as files write them; what is empty is left out. */
  static Map<String, Object> values(PretrainingStage stage) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(CORPUS, stage.corpus());
    values.put(ADDITIONAL_CORPUS, stage.additionalCorpus());
    values.put(TOKENIZER, stage.tokenizer());
    values.values().removeIf(""::equals);
    values.put(SEED, stage.seed());
    ConfigKeys.values(stage.encoder())
        .forEach(
            (name, value) -> {
              if (SHAPE.contains(name) || DROPOUTS.contains(name)) {
                values.put(PREFIX + name, value);
              }
            });
    TRAINING
        .values(stage.config())
        .forEach(
            (name, value) -> {
              if (!OF_THE_RUN.contains(name)) {
                values.put(PREFIX + name, value);
              }
            });
    return values;
  }

  private interface Making {
    PretrainingStage make();
  }

  /** A complaint of a key names it as the study does. */
  private static PretrainingStage naming(Making making) {
    try {
      return making.make();
    } catch (ConfigException e) {
      throw e.key().startsWith(PREFIX)
          ? e
          : new ConfigException(PREFIX + e.key(), "pretrain: " + e.getMessage());
    }
  }

  private static int checkedSeed(Map<String, Object> values) {
    int seed = (Integer) values.getOrDefault(SEED, 0);
    if (seed < 0) {
      throw new ConfigException(
          SEED, String.format(Locale.ROOT, "%s is %d, allowed are 0 and more", SEED, seed));
    }
    return seed;
  }

  private static String text(Map<String, Object> values, String key) {
    return (String) values.getOrDefault(key, "");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
