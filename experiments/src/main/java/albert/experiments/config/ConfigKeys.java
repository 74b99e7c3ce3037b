package albert.experiments.config;

import albert.datasets.task.Task;
import albert.experiments.task.TaskKinds;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.config.ModelType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The registry of configuration keys. Study files, options, provenance and reports all take their
 * keys from here; a component added to {@link EncoderConfig} or {@link TrainingConfig} is a key at
 * once. Its line of help stands in {@code keys.properties}.
 */
public final class ConfigKeys {

  static final RecordKeys<EncoderConfig> ENCODER = new RecordKeys<>(EncoderConfig.class);
  static final RecordKeys<CompressionConfig> COMPRESSION =
      new RecordKeys<>(CompressionConfig.class);
  static final RecordKeys<TrainingConfig> TRAINING = new RecordKeys<>(TrainingConfig.class);

  /** The data set and what is to be predicted. */
  public static final String TASK = "task";

  /** The named architecture that a configuration starts from. */
  public static final String PRESET = "preset";

  /** The checkpoint that a training starts from, instead of a preset. */
  public static final String MODEL = "model";

  /** The weights that a finished run leaves. */
  public static final String KEEP = "keep";

  /** The parts that a finished run predicts besides dev. */
  public static final String PREDICT_PARTS = "predict_parts";

  /** The longest sequence in tokens. */
  public static final String MAX_SEQ_LENGTH = "max_seq_length";

  /** How many training examples are used; 0 for all. */
  public static final String MAX_TRAIN_EXAMPLES = "max_train_examples";

  /** Whether special tokens in texts become their ids. */
  public static final String SPECIAL_IN_TEXT = "special_in_text";

  /** What a head for whole texts reads. */
  public static final String CLASSIFIER_POOLING = "classifier_pooling";

  /** The rank of what a layer adds to weights that it shares. */
  public static final String LAYER_DELTA_RANK = "layer_delta_rank";

  /** {@link CompressionConfig#compressSeed()}. */
  static final String COMPRESS_SEED = "compress_seed";

  private static final Map<String, ConfigKey> KEYS = build();

  private ConfigKeys() {}

  /** Every key, in the order of the help. */
  public static List<ConfigKey> all() {
    return List.copyOf(KEYS.values());
  }

  /** The keys of one section. */
  public static List<ConfigKey> of(ConfigKey.Section section) {
    return KEYS.values().stream().filter(key -> key.section() == section).toList();
  }

  /** The own keys of a kind of task. */
  public static List<ConfigKey> of(TaskKind<?, ?, ?, ?> kind) {
    Record defaults = kind.defaults(ModelType.ALBERT);
    return kind.keysType().getRecordComponents().length == 0
        ? List.of()
        : ofKind(defaults)
            .keys(ConfigKey.Section.TASK, defaults, help(kind.keysType(), "keys.properties"));
  }

  /** Finds a key by its name. */
  public static Optional<ConfigKey> find(String name) {
    return Optional.ofNullable(KEYS.get(name));
  }

  /** Every name. */
  public static List<String> names() {
    return List.copyOf(KEYS.keySet());
  }

  /** An architecture as files write it: by key, Integer, Double, Boolean or String. */
  public static Map<String, Object> values(EncoderConfig encoder) {
    return ENCODER.values(encoder);
  }

  /** The settings of a compression as files write them. */
  public static Map<String, Object> values(CompressionConfig compression) {
    return COMPRESSION.values(compression);
  }

  /** The same with the seed that a compression is made with, whatever it was taken from. */
  public static Map<String, Object> values(CompressionConfig compression, long seed) {
    Map<String, Object> values = values(compression);
    values.put(COMPRESS_SEED, seed);
    return values;
  }

  /** The own keys of a kind of task as files write them. */
  public static Map<String, Object> values(Record keysOfKind) {
    return ofKind(keysOfKind).values(keysOfKind);
  }

  /** The keys of such a record. */
  @SuppressWarnings("unchecked") // the class of the record itself
  static <O extends Record> RecordKeys<O> ofKind(O keys) {
    return new RecordKeys<>((Class<O>) keys.getClass());
  }

  /** The settings of a training as files write them. */
  public static Map<String, Object> values(TrainingConfig training) {
    return TRAINING.values(training);
  }

  private static Map<String, ConfigKey> build() {
    Map<String, String> help = help("keys.properties");
    ConfigKey task =
        new ConfigKey(
            TASK,
            ConfigKey.Section.RUN,
            ConfigKey.Kind.CHOICE,
            tasks(),
            "",
            help.getOrDefault(TASK, ""));
    ConfigKey preset =
        new ConfigKey(
            PRESET,
            ConfigKey.Section.RUN,
            ConfigKey.Kind.CHOICE,
            Arrays.stream(EncoderPreset.values()).map(EncoderPreset::id).toList(),
            "",
            help.getOrDefault(PRESET, ""));
    ConfigKey model =
        new ConfigKey(
            MODEL,
            ConfigKey.Section.RUN,
            ConfigKey.Kind.TEXT,
            List.of(),
            "",
            help.getOrDefault(MODEL, ""));
    List<ConfigKey> architecture =
        ENCODER.keys(ConfigKey.Section.ARCHITECTURE, EncoderPreset.ALBERT_BASE.config(), help);
    return Stream.of(
            List.of(task, preset, model),
            architecture,
            StageKeys.all(architecture, help),
            COMPRESSION.keys(ConfigKey.Section.COMPRESSION, CompressionConfig.DEFAULT, help),
            ofKinds(),
            TRAINING.keys(ConfigKey.Section.TRAINING, TrainingConfig.DEFAULT, help))
        .flatMap(List::stream)
        .collect(
            Collectors.toMap(
                ConfigKey::name,
                key -> key,
                (a, b) -> {
                  throw new IllegalStateException("two keys are called " + a.name());
                },
                LinkedHashMap::new));
  }

  private static List<String> tasks() {
    return TaskKinds.tasks().stream().<String>map(Task::id).toList();
  }

  private static List<ConfigKey> ofKinds() {
    return TaskKinds.all().stream().flatMap(kind -> of(kind).stream()).toList();
  }

  static Map<String, String> help(String resource) {
    return help(ConfigKeys.class, resource);
  }

  /** The lines of help of a resource beside a class, by key. */
  private static Map<String, String> help(Class<?> beside, String resource) {
    Properties lines = new Properties();
    try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(resource))) {
      lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, lines::getProperty));
  }
}
