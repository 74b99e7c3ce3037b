package albert.experiments.run;

import albert.evaluation.record.RunDirectory;
import albert.model.io.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a run leaves besides its record and metrics. */
public final class RunFiles {

  private RunFiles() {}

  /** The model directory of the weights that are best on dev. */
  static Path bestCheckpoint(RunDirectory directory) {
    return directory.path().resolve(ModelDirectory.BEST);
  }

  /** The folder of the checkpoints that a broken training goes on from. */
  public static Path state(RunDirectory directory) {
    return directory.path().resolve("state");
  }

  /** Whether a folder is there and not empty. */
  public static boolean holdsFiles(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }

  /** Bytes of the files in a folder and in its folders; none where it is not there. */
  public static long bytes(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /** Deletes a folder and what is in it, if it is there. */
  public static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = new ArrayList<>(paths.toList());
    }
    java.util.Collections.reverse(deepestFirst);
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
