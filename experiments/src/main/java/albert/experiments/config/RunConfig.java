package albert.experiments.config;

import albert.datasets.task.Task;
import albert.experiments.task.TaskKinds;
import albert.experiments.task.kind.TaskKind;
import albert.model.compress.CompressedShape;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import albert.model.config.ModelType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A resolved configuration: every key has its value, and the whole is valid.
 *
 * @param task id of the task
 * @param start the preset or checkpoint it started from
 * @param encoder the architecture
 * @param pretraining what comes before; null where nothing does
 * @param compression how the checkpoint, or what was pretrained, is compressed; null where it is
 *     taken as it is, or there is none
 * @param training how it is trained
 * @param keys the own keys of the task's kind
 */
public record RunConfig(
    String task,
    Start start,
    EncoderConfig encoder,
    @Nullable PretrainingStage pretraining,
    @Nullable CompressionConfig compression,
    TrainingConfig training,
    Record keys) {

  /** Keys of the work around a run: how often it logs, what it runs on, what it leaves. */
  public static final Set<String> AROUND =
      Set.of(
          "logging_steps",
          "threads",
          "device",
          DeviceCount.KEY,
          ConfigKeys.KEEP,
          ConfigKeys.PREDICT_PARTS);

  /** These, and where checkpoint and texts lie, whose content makes the run instead. */
  private static final Set<String> NOT_IDENTITY =
      Stream.of(AROUND, Set.of(ConfigKeys.MODEL), StageKeys.NOT_IDENTITY)
          .flatMap(Collection::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Checks what concerns architecture, task and training together. */
  public RunConfig {
    checkedLength(encoder, training.maxSeqLength());
    TaskKind<?, ?, ?, ?> kind = kind(task);
    kind.checkAny(keys, training.maxSeqLength());
    if (training.classWeights() != ClassWeights.NONE && !kind.takesClassWeights()) {
      throw new ConfigException(
          "class_weights",
          String.format(
              Locale.ROOT, "class_weights is balanced, but task %s has no classes to weigh", task));
    }
  }

  /** Its task as the own keys describe it. */
  public Task<?> dataSet() {
    return kind().anyTask(task, keys).orElseThrow();
  }

  /** The kind of its task. */
  public TaskKind<?, ?, ?, ?> kind() {
    return kind(task);
  }

  private static TaskKind<?, ?, ?, ?> kind(String task) {
    return TaskKinds.of(task)
        .orElseThrow(
            () ->
                new ConfigException(
                    ConfigKeys.TASK,
                    String.format(
                        Locale.ROOT,
                        "task is %s, which is not known; %s",
                        task,
                        TaskKinds.OWN_DATA)));
  }

  /**
   * The sequence length, if the encoder has that many positions.
   *
   * @throws ConfigException if not
   */
  public static int checkedLength(EncoderConfig encoder, int maxSeqLength) {
    if (maxSeqLength < 1 || maxSeqLength > encoder.maxPositionEmbeddings()) {
      throw new ConfigException(
          "max_seq_length",
          String.format(
              Locale.ROOT,
              "max_seq_length is %d, allowed are 1 to max_position_embeddings %d",
              maxSeqLength,
              encoder.maxPositionEmbeddings()));
    }
    return maxSeqLength;
  }

  /**
   * Resolves what was set: the preset first, then every key that was given, elsewhere the task's
   * {@linkplain PublishedSettings published settings} or the defaults.
   *
   * @throws ConfigException naming the key, and the file and line or option to change
   */
  public static RunConfig resolve(Settings settings) {
    return resolve(settings, Checkpoints.NONE);
  }

  /**
   * As {@link #resolve(Settings)}, from a preset or a checkpoint. Keys may change of a checkpoint
   * what leaves its weights' shapes alone.
   *
   * @throws ConfigException naming the key, and the file and line or option to change
   */
  public static RunConfig resolve(Settings settings, Checkpoints checkpoints) {
    return settings.locating(
        () -> {
          String task = task(settings);
          Start start = Start.of(settings);
          EncoderConfig given = encoder(settings, checkpoints);
          TrainingConfig training = training(task, given, settings);
          EncoderConfig source = start.isModel() ? checkpoints.architecture(start.name()) : given;
          PretrainingStage stage = StageKeys.resolve(settings, source, given, training);
          EncoderConfig begins = stage == null ? source : stage.encoder();
          boolean compressed = CheckpointArchitecture.isCompressed(begins, given);
          Map<String, Object> dropout = PublishedSettings.architecture(task, given.modelType());
          dropout.keySet().removeIf(settings::has);
          return new RunConfig(
              task,
              start,
              ConfigKeys.ENCODER.with(
                  compressed ? CompressedShape.of(begins, given) : given, dropout),
              stage,
              compression(settings, start.isModel() || stage != null, compressed),
              training,
              keys(task, given.modelType(), settings));
        });
  }

  /** What a record says, every key of it given. */
  static RunConfig recorded(Settings settings) {
    EncoderConfig encoder = RecordedConfig.encoder(settings);
    TrainingConfig training = training(settings);
    boolean compressed = !settings.values(ConfigKey.Section.COMPRESSION).isEmpty();
    return new RunConfig(
        task(settings),
        Start.of(settings),
        encoder,
        StageKeys.resolve(settings, encoder, encoder, training),
        compressed ? resolveCompression(settings) : null,
        training,
        resolveKeys(kind(task(settings)), encoder.modelType(), task(settings), settings));
  }

  /**
   * The architecture alone. Without a preset it starts from ALBERT base.
   *
   * <p>{@code intermediate_size} follows as 4 H unless given. BERT has no embedding size of its
   * own: where the preset is a BERT, {@code embedding_size} follows {@code hidden_size} unless
   * given.
   *
   * @throws ConfigException naming the key, and the file and line or option to change
   */
  public static EncoderConfig resolveEncoder(Settings settings) {
    return resolveEncoder(settings, Checkpoints.NONE);
  }

  /**
   * As {@link #resolveEncoder(Settings)}, from a preset or a checkpoint.
   *
   * @throws ConfigException naming the key, and the file and line or option to change
   */
  public static EncoderConfig resolveEncoder(Settings settings, Checkpoints checkpoints) {
    return settings.locating(() -> encoder(settings, checkpoints));
  }

  /**
   * The settings of a training alone.
   *
   * @throws ConfigException naming the key, and the file and line or option to change
   */
  public static TrainingConfig resolveTraining(Settings settings) {
    return settings.locating(() -> training(settings));
  }

  /**
   * The settings of a compression alone.
   *
   * @throws ConfigException naming the key, and the file and line or option to change
   */
  public static CompressionConfig resolveCompression(Settings settings) {
    return settings.locating(
        () ->
            ConfigKeys.COMPRESSION.with(
                CompressionConfig.DEFAULT, settings.values(ConfigKey.Section.COMPRESSION)));
  }

  /**
   * The same with other values of keys of the task's kind.
   *
   * @param values of some of these keys, as files write them
   */
  public RunConfig withKeys(Map<String, Object> values) {
    if (values.isEmpty()) {
      return this;
    }
    Record changed = ConfigKeys.ofKind(keys).with(keys, values);
    return new RunConfig(task, start, encoder, pretraining, compression, training, changed);
  }

  /** Every key with its value, as files write them; a text that is not given is left out. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(ConfigKeys.TASK, task);
    values.put(start.key(), start.name());
    values.putAll(ConfigKeys.values(encoder));
    if (pretraining != null) {
      values.putAll(StageKeys.values(pretraining));
    }
    if (compression != null) {
      values.putAll(ConfigKeys.values(compression));
    }
    Map<String, Object> own = ConfigKeys.values(keys);
    own.values().removeIf(""::equals);
    values.putAll(own);
    values.putAll(ConfigKeys.values(training));
    return values;
  }

  /** The values that make a run what it is. */
  public Map<String, Object> identity() {
    Map<String, Object> identity = values();
    identity.keySet().removeAll(NOT_IDENTITY);
    LaterKeys.removeDefaults(identity);
    return identity;
  }

  /** Whether a key makes a run what it is. */
  public static boolean isIdentity(String key) {
    return !NOT_IDENTITY.contains(key);
  }

  private static EncoderConfig encoder(Settings settings, Checkpoints checkpoints) {
    if (settings.has(ConfigKeys.MODEL)) {
      String model = Start.of(settings).name();
      return CheckpointArchitecture.resolve(
          model, checkpoints.architecture(model), settings.values(ConfigKey.Section.ARCHITECTURE));
    }
    Optional<EncoderPreset> preset =
        settings.find(ConfigKeys.PRESET).map(given -> EncoderPreset.of((String) given.value()));
    EncoderConfig base = preset.orElse(EncoderPreset.ALBERT_BASE).config();
    Map<String, Object> values = settings.values(ConfigKey.Section.ARCHITECTURE);
    if (values.get("hidden_size") instanceof Integer hiddenSize) {
      // 4 H of an absurd H: what the record then says of hidden_size is the better message
      values.putIfAbsent("intermediate_size", (int) Math.min(4L * hiddenSize, Integer.MAX_VALUE));
      if (base.modelType() == ModelType.BERT) {
        values.putIfAbsent("embedding_size", hiddenSize);
      }
    }
    return ConfigKeys.ENCODER.with(base, values);
  }

  /** How a start is compressed, if the architecture asks for it. */
  private static @Nullable CompressionConfig compression(
      Settings settings, boolean hasWeights, boolean compressed) {
    if (!hasWeights) {
      settings.values(ConfigKey.Section.COMPRESSION).keySet().stream()
          .findFirst()
          .ifPresent(
              key -> {
                throw new ConfigException(
                    key, key + " is given, but there is no model that could be compressed");
              });
      return null;
    }
    CompressionConfig compression = resolveCompression(settings);
    return compressed ? compression : null;
  }

  private static TrainingConfig training(String task, EncoderConfig encoder, Settings settings) {
    Map<String, Object> values = PublishedSettings.training(task, encoder, settings);
    values.putAll(settings.values(ConfigKey.Section.TRAINING));
    return ConfigKeys.TRAINING.with(TrainingConfig.DEFAULT, values);
  }

  /** The own keys of a task's kind, of which alone some may be given. */
  private static Record keys(String task, ModelType family, Settings settings) {
    TaskKind<?, ?, ?, ?> kind = kind(task);
    Set<String> own = ConfigKeys.values(kind.defaults(family)).keySet();
    settings.values(ConfigKey.Section.TASK).keySet().stream()
        .filter(key -> !own.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw new ConfigException(
                  key,
                  String.format(
                      Locale.ROOT,
                      "%s is given, but it is for %s, not for %s",
                      key,
                      tasksWith(key),
                      task));
            });
    return resolveKeys(kind, family, task, settings);
  }

  private static String tasksWith(String key) {
    return TaskKinds.all().stream()
        .filter(kind -> ConfigKeys.values(kind.defaults(ModelType.ALBERT)).containsKey(key))
        .flatMap(kind -> kind.tasks().stream())
        .map(Task::id)
        .collect(Collectors.joining(", "));
  }

  /**
   * The own keys of a kind of task, alone.
   *
   * @param task id of the task; empty where it is not known
   * @throws ConfigException naming the key, and the file and line or option to change
   */
  public static Record resolveKeys(
      TaskKind<?, ?, ?, ?> kind, ModelType family, String task, Settings settings) {
    Record defaults = kind.defaults(family, task);
    return settings.locating(
        () -> ConfigKeys.ofKind(defaults).with(defaults, settings.values(ConfigKey.Section.TASK)));
  }

  private static TrainingConfig training(Settings settings) {
    return ConfigKeys.TRAINING.with(
        TrainingConfig.DEFAULT, settings.values(ConfigKey.Section.TRAINING));
  }

  private static String task(Settings settings) {
    return settings
        .find(ConfigKeys.TASK)
        .map(setting -> (String) setting.value())
        .orElseThrow(() -> new ConfigException(ConfigKeys.TASK, "task is missing"));
  }
}
