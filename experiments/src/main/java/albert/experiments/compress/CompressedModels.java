package albert.experiments.compress;

import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.CompressionConfig;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.model.config.ClassifierPooling;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The compressed checkpoints of a study, each made once for all runs that need it and kept in a
 * folder, so that a study that was killed does not make it again.
 */
public final class CompressedModels {

  /** Raised when the same checkpoint and settings would give another result. */
  private static final int VERSION = 4;

  private static final int KEY_LENGTH = 12;

  private final Path folder;
  private final @Nullable Path states;

  /** Those that are for all seeds; of the others each is read once. */
  private final Map<Path, LoadedModel> common = new HashMap<>();

  /**
   * @param folder where they are kept; need not exist
   * @param states where hidden states of checkpoints are kept while a study needs them; null for
   *     nowhere
   */
  public CompressedModels(Path folder, @Nullable Path states) {
    this.folder = folder;
    this.states = states;
  }

  /** Whether several shapes learn from the same batches. */
  public static boolean shareBatches(List<PlannedRun> runs) {
    Map<List<Object>, Set<String>> shapes = new HashMap<>();
    for (PlannedRun run : runs) {
      CompressionConfig own = run.config().compression();
      if (own != null && own.distillSteps() > 0 && own.distillSeconds() == 0) {
        shapes
            .computeIfAbsent(
                List.of(
                    run.config().start().name(),
                    own.seed(run.seeds()),
                    own.distillBatchSize(),
                    own.distillSeqLength()),
                batches -> new HashSet<>())
            .add(shape(run.config(), run.seeds()));
      }
    }
    return shapes.values().stream().anyMatch(one -> one.size() > 1);
  }

  /**
   * The checkpoint in the shape that a run asks for.
   *
   * @param seeds of the run
   * @param watch measures what is done, if it is not there yet
   * @param stop asks to stop
   * @throws IOException if the folder can't be read or written
   */
  public LoadedModel of(
      PretrainedModel source, RunConfig config, RunSeeds seeds, StageWatch watch, StopSignal stop)
      throws IOException {
    Path directory = directory(source, config, seeds);
    LoadedModel known = common.get(directory);
    if (known == null) {
      known = readOrMake(directory, source, config, seeds, watch, stop);
      if (!compression(config).isOfRun()) {
        common.put(directory, known);
      }
    }
    return ofRun(known, config);
  }

  /** Where a checkpoint in the shape that a run asks for is kept. */
  public Path directory(PretrainedModel source, RunConfig config, RunSeeds seeds) {
    return folder.resolve(key(source, config, seeds));
  }

  /** Whether there is a whole one. */
  public static boolean isThere(Path directory) {
    return CompressedDirectory.isIn(directory);
  }

  @SuppressWarnings("try") // the lock is held, not used
  private LoadedModel readOrMake(
      Path directory,
      PretrainedModel source,
      RunConfig config,
      RunSeeds seeds,
      StageWatch watch,
      StopSignal stop)
      throws IOException {
    try (RunLock held = RunLock.acquire(new RunDirectory(directory), stop::check)) {
      if (!CompressedDirectory.isIn(directory)) {
        CompressedDirectory.writeOwn(
            directory,
            new Compressor(
                    source,
                    config.encoder().toBuilder().classifierPooling(ClassifierPooling.CLS).build(),
                    compression(config),
                    compression(config).seed(seeds),
                    config.training().runtime(),
                    UnlabelledText.wordNet(),
                    watch,
                    stop,
                    states)
                .run());
      }
      return ModelDirectory.read(directory);
    }
  }

  /** Weights are made without dropout and head: what the run says of them counts. */
  private static LoadedModel ofRun(LoadedModel model, RunConfig config) {
    return new LoadedModel(
        config.encoder(), model.head(), model.weights(), model.tokenizerFile(), model.notes());
  }

  /** What decides the weights. */
  private static String key(PretrainedModel source, RunConfig config, RunSeeds seeds) {
    return key(
        Map.of("source", source.fingerprints().stream().map(f -> f.sha256()).toList()),
        config,
        seeds);
  }

  /** What decides the weights besides what they are made of. */
  public static String shape(RunConfig config, RunSeeds seeds) {
    return key(Map.of(), config, seeds);
  }

  private static String key(Map<String, Object> source, RunConfig config, RunSeeds seeds) {
    CompressionConfig compression = compression(config);
    Map<String, Object> shape = ConfigKeys.values(config.encoder());
    shape
        .keySet()
        .removeIf(
            name ->
                name.endsWith("dropout_prob")
                    || name.endsWith("output_dropout")
                    || name.equals(ConfigKeys.CLASSIFIER_POOLING));
    Map<String, Object> identity = new HashMap<>(source);
    identity.put("version", VERSION);
    identity.put("shape", shape);
    identity.put("settings", ConfigKeys.values(compression, compression.seed(seeds)));
    identity.put("precision", config.training().precision().name());
    return CanonicalJson.sha256(identity).substring(0, KEY_LENGTH);
  }

  private static CompressionConfig compression(RunConfig config) {
    return Objects.requireNonNull(config.compression());
  }
}
