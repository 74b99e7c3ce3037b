package albert.experiments.training;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.StrictJson;
import albert.experiments.Folders;
import albert.model.io.safetensors.Safetensors;
import albert.model.runtime.TrainableModel;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints that a broken training goes on from: folders {@code step-N} with a TensorFlow
 * checkpoint of weights and optimizer and {@code state.json}, and beside them the best weights that
 * these states name. One is written under another name, forced to the disk and renamed, so it is
 * whole or absent whenever the process dies.
 *
 * @param folder of the checkpoints
 */
public record TrainingCheckpoints(Path folder) {

  private static final Pattern NAME = Pattern.compile("step-([0-9]{1,18})");
  private static final String UNFINISHED = "unfinished";
  private static final String STATE = "state.json";
  private static final String PREFIX = "model.ckpt";
  private static final String BEST = "best-";

  /** Those of the training in a folder. */
  public static TrainingCheckpoints in(RunDirectory directory) {
    return new TrainingCheckpoints(directory.path().resolve("state"));
  }

  /** Steps that the training in a folder goes on from; 0 if it begins. */
  public static long stepsDone(RunDirectory directory) throws IOException {
    return in(directory).newest().map(TrainingState::step).orElse(0L);
  }

  /** The state of the newest checkpoint, if there is one. */
  public Optional<TrainingState> newest() throws IOException {
    List<Long> steps = steps();
    return steps.isEmpty() ? Optional.empty() : Optional.of(state(steps.get(steps.size() - 1)));
  }

  /** Sets a model's weights and optimizer to a checkpoint's. */
  public void restore(TrainableModel model, TrainingState state) {
    model.restore(of(state.step()).resolve(PREFIX));
  }

  /** The name of the file of a step's weights. */
  static String bestName(long step) {
    return String.format(Locale.ROOT, "%s%d.safetensors", BEST, step);
  }

  /** The weights of the file that a state names. */
  SortedMap<String, FloatTensor> best(String file) {
    SortedMap<String, FloatTensor> weights = new TreeMap<>();
    Safetensors.open(folder.resolve(file))
        .readAll()
        .forEach((name, value) -> weights.put(name, (FloatTensor) value));
    return weights;
  }

  /**
   * Writes a checkpoint; the oldest, and best weights that none names any more, are then deleted.
   *
   * @param best the weights of the file that the state names; empty if that is there
   * @param keep how many are kept
   */
  void save(TrainableModel model, TrainingState state, Map<String, FloatTensor> best, int keep)
      throws IOException {
    Path unfinished = folder.resolve(UNFINISHED);
    Folders.delete(unfinished);
    Files.createDirectories(unfinished);
    if (state.best() != null && !best.isEmpty()) {
      Safetensors.write(folder.resolve(state.best()), best, Map.of());
      force(folder.resolve(state.best()), StandardOpenOption.WRITE);
    }
    model.save(unfinished.resolve(PREFIX), state.step());
    AtomicFiles.writeText(unfinished.resolve(STATE), new StrictJson().write(state));
    for (Path file : Folders.list(unfinished)) {
      force(file, StandardOpenOption.WRITE);
    }
    force(unfinished, StandardOpenOption.READ);
    delete(state.step());
    Files.move(unfinished, of(state.step()), StandardCopyOption.ATOMIC_MOVE);
    force(folder, StandardOpenOption.READ);
    prune(keep);
  }

  private void prune(int keep) throws IOException {
    List<Long> steps = steps();
    int old = Math.max(0, steps.size() - keep);
    for (long step : steps.subList(0, old)) {
      delete(step);
    }
    List<String> named = new ArrayList<>();
    for (long step : steps.subList(old, steps.size())) {
      named.add(String.valueOf(state(step).best()));
    }
    for (Path file : Folders.list(folder)) {
      String name = String.valueOf(file.getFileName());
      if (name.startsWith(BEST) && !named.contains(name)) {
        Files.delete(file);
      }
    }
  }

  /** Deletes all: the training is over. */
  public void delete() throws IOException {
    for (long step : steps()) {
      delete(step);
    }
    Folders.delete(folder);
  }

  /** The state goes first, so that what is deleted in part is no checkpoint. */
  private void delete(long step) throws IOException {
    Files.deleteIfExists(of(step).resolve(STATE));
    Folders.delete(of(step));
  }

  private Path of(long step) {
    return folder.resolve("step-" + step);
  }

  private TrainingState state(long step) throws IOException {
    return new StrictJson().read(of(step).resolve(STATE), TrainingState.class);
  }

  /** Steps of the checkpoints, in their order. */
  private List<Long> steps() throws IOException {
    List<Long> steps = new ArrayList<>();
    for (Path path : Folders.list(folder)) {
      Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
      if (name.matches() && Files.exists(path.resolve(STATE))) {
        steps.add(Long.parseLong(name.group(1)));
      }
    }
    steps.sort(Comparator.naturalOrder());
    return steps;
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
