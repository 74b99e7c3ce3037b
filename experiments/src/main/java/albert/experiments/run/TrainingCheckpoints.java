package albert.experiments.run;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.StrictJson;
import albert.model.io.safetensors.Safetensors;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The checkpoints that a broken training goes on from, in the run's folder {@code state/}. Each is
 * written into a fresh folder and forced to the disk before {@code state.json}, which is replaced
 * whole, points to it: whenever the process dies, the file points to a whole checkpoint or is
 * absent. What it no longer points to is deleted after that.
 */
final class TrainingCheckpoints {

  private static final String POINTER = "state.json";
  private static final String PREFIX = "model.ckpt";

  private final Path folder;
  private final StrictJson json = new StrictJson();

  TrainingCheckpoints(RunDirectory directory) {
    folder = RunFiles.state(directory);
  }

  /** The newest checkpoint, if there is one. */
  Optional<TrainingState> latest() throws IOException {
    Path pointer = folder.resolve(POINTER);
    return Files.exists(pointer)
        ? Optional.of(json.read(pointer, TrainingState.class))
        : Optional.empty();
  }

  /** Steps that a training goes on from; 0 if it begins. */
  static long stepsDone(RunDirectory directory) throws IOException {
    return new TrainingCheckpoints(directory).latest().map(TrainingState::step).orElse(0L);
  }

  /** The name of a checkpoint's folder. */
  static String name(long step) {
    return String.format(Locale.ROOT, "step-%d", step);
  }

  /** The name of the file of a step's weights. */
  static String bestName(long step) {
    return String.format(Locale.ROOT, "best-%d.safetensors", step);
  }

  /** Sets a model's weights and optimizer to a checkpoint's. */
  void restore(TrainableModel model, TrainingState state) {
    model.restore(folder.resolve(state.checkpoint()).resolve(PREFIX));
  }

  /** The weights of the file that a checkpoint names. */
  Map<String, FloatTensor> weights(String file) {
    Safetensors stored = Safetensors.open(folder.resolve(file));
    Map<String, FloatTensor> weights = new TreeMap<>();
    stored
        .readAll(stored.entries().keySet())
        .forEach((name, value) -> weights.put(name, (FloatTensor) value));
    return weights;
  }

  /**
   * Writes a checkpoint.
   *
   * @param best the weights that {@link TrainingState#best()} names; not looked at if their file is
   *     there
   */
  void save(TrainableModel model, TrainingState state, Map<String, FloatTensor> best)
      throws IOException {
    Path fresh = folder.resolve(state.checkpoint());
    RunFiles.deleteFolder(fresh);
    Files.createDirectories(fresh);
    model.save(fresh.resolve(PREFIX), state.step());
    for (Path file : list(fresh)) {
      force(file);
    }
    force(fresh);
    String bestFile = state.best();
    if (bestFile != null && !best.isEmpty()) {
      Safetensors.write(folder.resolve(bestFile), best, Map.of());
    }
    AtomicFiles.writeText(folder.resolve(POINTER), json.write(state));
    for (Path old : list(folder)) {
      String name = String.valueOf(old.getFileName());
      if (!List.of(POINTER, state.checkpoint(), String.valueOf(bestFile)).contains(name)) {
        RunFiles.deleteFolder(old);
      }
    }
  }

  /** Deletes them: the training is over. */
  void delete() throws IOException {
    Files.deleteIfExists(folder.resolve(POINTER));
    RunFiles.deleteFolder(folder);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void force(Path path) throws IOException {
    boolean isFolder = Files.isDirectory(path);
    try (FileChannel channel =
        FileChannel.open(path, isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
