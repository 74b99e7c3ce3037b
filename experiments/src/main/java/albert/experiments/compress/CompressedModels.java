package albert.experiments.compress;

import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunLock;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.pretrained.PretrainedModel;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The compressed checkpoints of a study, each made once for all seeds and kept in a folder, so that
 * a study that was killed does not make it again.
 */
public final class CompressedModels {

  /** Raised when the same checkpoint and settings would give another result. */
  private static final int VERSION = 1;

  private static final int KEY_LENGTH = 12;
  private static final int POLL_MILLIS = 500;

  private final Path folder;
  private final CompressionListener listener;
  private final Map<String, LoadedModel> made = new HashMap<>();

  /**
   * @param folder where they are kept; need not exist
   * @param listener hears of the steps
   */
  public CompressedModels(Path folder, CompressionListener listener) {
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * The checkpoint in the shape that a run asks for.
   *
   * @throws IOException if the folder can't be read or written
   */
  public LoadedModel of(PretrainedModel source, RunConfig config) throws IOException {
    String key = key(source, config);
    LoadedModel known = made.get(key);
    if (known == null) {
      known = readOrMake(folder.resolve(key), source, config);
      made.put(key, known);
    }
    return withDropouts(known, config);
  }

  @SuppressWarnings("try") // the lock is held, not used
  private LoadedModel readOrMake(Path directory, PretrainedModel source, RunConfig config)
      throws IOException {
    try (RunLock held = lock(directory)) {
      if (!CompressedDirectory.isIn(directory)) {
        CompressedDirectory.writeOwn(
            directory,
            new Compressor(
                    source,
                    config.encoder(),
                    Objects.requireNonNull(config.compression()),
                    config.training().runtime(),
                    UnlabelledText.wordNet(),
                    listener)
                .run());
      }
      return ModelDirectory.read(directory);
    }
  }

  private RunLock lock(Path directory) throws IOException {
    while (true) {
      Optional<RunLock> lock = RunLock.tryAcquire(new RunDirectory(directory));
      if (lock.isPresent()) {
        return lock.get();
      }
      listener.check();
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a lock", e);
      }
    }
  }

  /** Weights are made without dropout: those of the run count. */
  private static LoadedModel withDropouts(LoadedModel model, RunConfig config) {
    return new LoadedModel(
        config.encoder(), model.head(), model.weights(), model.tokenizerFile(), model.notes());
  }

  /** What decides the weights. */
  private static String key(PretrainedModel source, RunConfig config) {
    Map<String, Object> shape = ConfigKeys.values(config.encoder());
    shape
        .keySet()
        .removeIf(name -> name.endsWith("dropout_prob") || name.endsWith("output_dropout"));
    Map<String, Object> identity =
        Map.of(
            "version", VERSION,
            "source", source.fingerprints().stream().map(f -> f.sha256()).toList(),
            "shape", shape,
            "settings", ConfigKeys.values(Objects.requireNonNull(config.compression())),
            "precision", config.training().precision().name());
    return CanonicalJson.sha256(identity).substring(0, KEY_LENGTH);
  }
}
