package albert.experiments.training.finetuning;

import albert.datasets.tokenizer.TokenizerConfigFile;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.StrictJson;
import albert.experiments.Folders;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.Keep;
import albert.experiments.config.RunConfig;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.TrainedSettings;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a run leaves, each in a model directory: the one place that knows which are
 * written and where. {@code checkpoint/} has the last weights or, of a run that keeps the best
 * alone, those; where both are kept and dev was evaluated more than once, {@code checkpoint-best/}
 * has the best. Beside weights lies the whole configuration of the run, whose {@code keep} tells
 * what {@code checkpoint/} has, with what was chosen on dev in it.
 *
 * @param directory of the run
 */
public record RunWeights(RunDirectory directory) {

  private static final String BEST = Keep.BEST.name().toLowerCase(Locale.ROOT);

  /** The folder of the last weights, if they were kept. */
  public Optional<Path> last() throws IOException {
    return isModel(checkpoint()) && !checkpointHasBest()
        ? Optional.of(checkpoint())
        : Optional.empty();
  }

  /** The folder of the weights that are best on dev, if they were kept apart from the last. */
  public Optional<Path> best() throws IOException {
    if (isModel(besideLast())) {
      return Optional.of(besideLast());
    }
    return isModel(checkpoint()) && checkpointHasBest()
        ? Optional.of(checkpoint())
        : Optional.empty();
  }

  /** Whether there are any. */
  public boolean exist() {
    return isModel(checkpoint()) || isModel(besideLast());
  }

  private Path checkpoint() {
    return directory.checkpoint();
  }

  private Path besideLast() {
    return directory.path().resolve(ModelDirectory.BEST);
  }

  private static boolean isModel(Path folder) {
    return Files.exists(CheckpointDirectory.weights(folder));
  }

  private boolean checkpointHasBest() throws IOException {
    return BEST.equals(TrainedSettings.read(checkpoint().toString()).get(ConfigKeys.KEEP));
  }

  /**
   * Weights with the configuration that lies beside them.
   *
   * @param config of the run, with what was chosen on dev for these weights
   * @param weights by name
   */
  record Trained(RunConfig config, SortedMap<String, FloatTensor> weights) {
    private LoadedModel model(EncodedTask task) {
      return new LoadedModel(
          config.encoder(),
          task.head(config).description(),
          weights,
          task.tokenizerFile(),
          List.of());
    }
  }

  /**
   * Writes what the configuration says is kept, and removes what else an earlier attempt left.
   *
   * @param best beside the last weights; null where dev was evaluated once
   * @return bytes of the file of the last weights, written or not
   */
  long write(EncodedTask task, Trained last, @Nullable Trained best) throws IOException {
    Keep keep = last.config.training().keep();
    Trained only = keep == Keep.BEST && best != null ? best : last;
    write(checkpoint(), task, keep == Keep.NONE ? null : only);
    write(besideLast(), task, keep == Keep.BOTH ? best : null);
    return CheckpointDirectory.bytesOfWeights(last.model(task));
  }

  private static void write(Path folder, EncodedTask task, @Nullable Trained trained)
      throws IOException {
    if (trained == null) {
      Folders.delete(folder);
      return;
    }
    Path tokenizer = task.tokenizerFile();
    if (tokenizer != null) {
      TokenizerConfigFile.complete(tokenizer, folder);
    }
    CheckpointDirectory.write(folder, trained.model(task));
    AtomicFiles.writeText(
        folder.resolve(TrainedSettings.FILE), new StrictJson().write(trained.config.values()));
  }

  /**
   * The folders that go where less is kept than was written: for {@link Keep#BEST} the last weights
   * where the best lie beside them, for {@link Keep#NONE} all; for others nothing.
   */
  public List<Path> superfluous(Keep keep) {
    List<Path> there = Stream.of(checkpoint(), besideLast()).filter(Files::exists).toList();
    return switch (keep) {
      case NONE -> there;
      case BEST -> there.size() == 2 ? List.of(checkpoint()) : List.of();
      case LAST, BOTH -> List.of();
    };
  }

  /**
   * Deletes what is {@linkplain #superfluous superfluous}; the best weights that stay alone take
   * the place of the last.
   */
  public void reduce(Keep keep) throws IOException {
    boolean moves = keep == Keep.BEST && isModel(besideLast());
    if (moves) {
      Map<String, Object> config = TrainedSettings.read(besideLast().toString());
      config.put(ConfigKeys.KEEP, BEST);
      AtomicFiles.writeText(
          besideLast().resolve(TrainedSettings.FILE), new StrictJson().write(config));
    }
    for (Path folder : superfluous(keep)) {
      Folders.delete(folder);
    }
    if (moves) {
      Files.move(besideLast(), checkpoint(), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
