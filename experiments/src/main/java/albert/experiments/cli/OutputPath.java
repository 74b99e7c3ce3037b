package albert.experiments.cli;

import albert.experiments.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where results go, tried before any work: what can't be written there is the user's to change. */
final class OutputPath {

  private OutputPath() {}

  /**
   * Requires that a file can be written; what is there is left as it is.
   *
   * @param option that names it, for messages
   * @throws InputException if not
   */
  static void requireFile(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw unwritable(option, file, "it is a folder, needed is a file");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw unwritable(option, file, "it is no ordinary file");
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    tryIn(option, file, folder == null ? file.toAbsolutePath() : folder);
  }

  /**
   * Requires that a folder is there or can be made, and takes files.
   *
   * @param option that names it, for messages
   * @throws InputException if not
   */
  static void requireFolder(String option, Path folder) {
    tryIn(option, folder, folder.toAbsolutePath().normalize());
  }

  /** Makes a file where the first missing folder would be made, and removes it. */
  private static void tryIn(String option, Path output, Path folder) {
    Path there = folder;
    while (!Files.exists(there)) {
      Path parent = there.getParent();
      if (parent == null) {
        throw unwritable(option, output, there + " does not exist");
      }
      there = parent;
    }
    if (!Files.isDirectory(there)) {
      throw unwritable(option, output, there + " is not a folder");
    }
    try {
      Files.delete(Files.createTempFile(there, ".albert", ".tmp"));
    } catch (IOException e) {
      throw unwritable(option, output, "no file can be made in " + there);
    }
  }

  private static InputException unwritable(String option, Path output, String reason) {
    return new InputException(
        String.format(Locale.ROOT, "%s %s can't be written: %s", option, output, reason));
  }
}
