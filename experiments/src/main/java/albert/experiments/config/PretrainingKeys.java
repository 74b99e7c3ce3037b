package albert.experiments.config;

import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The configuration keys of a pretraining: where the model starts, the architecture's, and those of
 * {@link PretrainingConfig}. Their lines of help stand in {@code pretraining-keys.properties} and
 * {@code keys.properties}.
 */
public final class PretrainingKeys {

  static final RecordKeys<PretrainingConfig> TRAINING = new RecordKeys<>(PretrainingConfig.class);

  private static final List<ConfigKey> KEYS =
      Stream.of(
              List.of(
                  ConfigKeys.find(ConfigKeys.PRESET).orElseThrow(),
                  ConfigKeys.find(ConfigKeys.MODEL).orElseThrow()),
              ConfigKeys.of(ConfigKey.Section.ARCHITECTURE),
              TRAINING.keys(
                  ConfigKey.Section.TRAINING,
                  PretrainingConfig.DEFAULT,
                  ConfigKeys.help("pretraining-keys.properties")))
          .flatMap(List::stream)
          .toList();

  private static final Set<String> NOT_SHAPES =
      Set.of(
          "hidden_dropout_prob",
          "attention_probs_dropout_prob",
          "classifier_dropout_prob",
          "ffn_output_dropout",
          "initializer_range");

  private PretrainingKeys() {}

  /** Every key, in the order of the help. */
  public static List<ConfigKey> all() {
    return KEYS;
  }

  /** Finds a key by its name. */
  public static Optional<ConfigKey> find(String name) {
    return KEYS.stream().filter(key -> key.name().equals(name)).findFirst();
  }

  /**
   * Reads a configuration file.
   *
   * @throws ConfigException with file and line
   */
  public static Settings read(Path file) {
    return new YamlFields(file.toString(), KEYS).settings("the file", YamlFile.read(file));
  }

  /**
   * The settings of the training.
   *
   * @throws ConfigException naming the key, and the file and line or option to change
   */
  public static PretrainingConfig training(Settings settings) {
    return settings.locating(
        () ->
            TRAINING.with(PretrainingConfig.DEFAULT, settings.values(ConfigKey.Section.TRAINING)));
  }

  /** The settings of a pretraining as files write them. */
  public static Map<String, Object> values(PretrainingConfig training) {
    return TRAINING.values(training);
  }

  /**
   * The architecture of a model from scratch: {@code vocab_size} is the tokenizer's.
   *
   * @throws ConfigException if another was given
   */
  public static EncoderConfig encoder(Settings settings, int vocabSize, int maxSeqLength) {
    EncoderConfig encoder = RunConfig.resolveEncoder(settings);
    boolean given = settings.has("vocab_size");
    return settings.locating(
        () -> {
          checkVocabulary(given ? encoder.vocabSize() : vocabSize, vocabSize);
          EncoderConfig fitting = ConfigKeys.ENCODER.with(encoder, Map.of("vocab_size", vocabSize));
          RunConfig.checkedLength(fitting, maxSeqLength);
          return fitting;
        });
  }

  /**
   * The architecture of a model that goes on from a checkpoint: dropout alone may be another.
   *
   * @throws ConfigException if something else differs from the checkpoint's
   */
  public static EncoderConfig encoder(
      Settings settings, EncoderConfig checkpoint, int vocabSize, int maxSeqLength) {
    return settings.locating(
        () -> {
          Map<String, Object> given = settings.values(ConfigKey.Section.ARCHITECTURE);
          Map<String, Object> its = ConfigKeys.values(checkpoint);
          Map<String, Object> differing = new LinkedHashMap<>(given);
          differing.entrySet().removeIf(e -> e.getValue().equals(its.get(e.getKey())));
          differing.keySet().removeAll(NOT_SHAPES);
          for (Map.Entry<String, Object> other : differing.entrySet()) {
            throw new ConfigException(
                other.getKey(),
                String.format(
                    Locale.ROOT,
                    "%s is %s, but the model has %s; the command compress makes such a model",
                    other.getKey(),
                    other.getValue(),
                    its.get(other.getKey())));
          }
          checkVocabulary(checkpoint.vocabSize(), vocabSize);
          EncoderConfig encoder = ConfigKeys.ENCODER.with(checkpoint, given);
          RunConfig.checkedLength(encoder, maxSeqLength);
          return encoder;
        });
  }

  /** The architecture without dropout. */
  public static EncoderConfig withoutDropout(EncoderConfig encoder) {
    return ConfigKeys.ENCODER.with(
        encoder, Map.of("hidden_dropout_prob", 0.0, "attention_probs_dropout_prob", 0.0));
  }

  private static void checkVocabulary(int model, int tokenizer) {
    if (model != tokenizer) {
      throw new ConfigException(
          "vocab_size",
          String.format(
              Locale.ROOT,
              "vocab_size is %d, but the tokenizer has %d pieces: they must be the same",
              model,
              tokenizer));
    }
  }
}
