package albert.experiments.pretraining;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.StrictJson;
import albert.experiments.run.RunFiles;
import albert.model.runtime.TrainableModel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a pretraining: folders {@code step-N} with a TensorFlow checkpoint of weights
 * and optimizer, and {@code state.json}. One is written under another name, forced to the disk and
 * renamed, so it is whole or absent whenever the process dies.
 *
 * @param folder of the checkpoints
 * @param keep how many are kept, the newest ones
 */
record PretrainingCheckpoints(Path folder, int keep) {
  private static final Pattern NAME = Pattern.compile("step-([0-9]{1,18})");
  private static final String STATE = "state.json";
  private static final String PREFIX = "model.ckpt";
  private static final String UNFINISHED = "unfinished";

  /** Where a pretraining keeps them in its folder. */
  static PretrainingCheckpoints in(Path folder, int keep) {
    return new PretrainingCheckpoints(folder.resolve("state"), keep);
  }

  /** Steps that a pretraining in a folder goes on from; 0 if it begins. */
  static long stepsDone(Path folder) throws IOException {
    return in(folder, 0).newest().map(PretrainingState::step).orElse(0L);
  }

  /** The state of the newest checkpoint, if there is one. */
  Optional<PretrainingState> newest() throws IOException {
    List<Long> steps = steps();
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StrictJson()
                .read(of(steps.get(steps.size() - 1)).resolve(STATE), PretrainingState.class));
  }

  /** Sets weights and optimizer to a checkpoint's. */
  void restore(TrainableModel model, PretrainingState state) {
    model.restore(of(state.step()).resolve(PREFIX));
  }

  /** Writes a checkpoint; the oldest are then deleted. */
  void save(TrainableModel model, PretrainingState state) throws IOException {
    Path unfinished = folder.resolve(UNFINISHED);
    RunFiles.deleteFolder(unfinished);
    Files.createDirectories(unfinished);
    model.save(unfinished.resolve(PREFIX), state.step());
    AtomicFiles.writeText(unfinished.resolve(STATE), new StrictJson().write(state));
    for (Path file : list(unfinished)) {
      force(file, StandardOpenOption.WRITE);
    }
    force(unfinished, StandardOpenOption.READ);
    RunFiles.deleteFolder(of(state.step()));
    Files.move(unfinished, of(state.step()), StandardCopyOption.ATOMIC_MOVE);
    force(folder, StandardOpenOption.READ);
    List<Long> steps = steps();
    for (long old : steps.subList(0, Math.max(0, steps.size() - keep))) {
      RunFiles.deleteFolder(of(old));
    }
  }

  private Path of(long step) {
    return folder.resolve("step-" + step);
  }

  private List<Long> steps() throws IOException {
    List<Long> steps = new ArrayList<>();
    for (Path path : Files.isDirectory(folder) ? list(folder) : List.<Path>of()) {
      Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
      if (name.matches()) {
        steps.add(Long.parseLong(name.group(1)));
      }
    }
    steps.sort(Comparator.naturalOrder());
    return steps;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
