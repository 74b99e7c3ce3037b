package albert.experiments.cli;

import albert.experiments.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that is whole or not there: filled beside its place and then moved there. What is in the
 * way is never replaced.
 */
final class NewFolder {

  private NewFolder() {}

  /** Fills a folder. */
  @FunctionalInterface
  interface Content<T> {
    /** Writes into the folder, which is there and empty. */
    T writeTo(Path folder) throws IOException;
  }

  /**
   * Writes a folder.
   *
   * @param option that names it, for messages
   * @param target absent, or an empty folder
   * @return what the content returns
   * @throws InputException if something is in the way, or nothing can be written there
   * @throws IOException if writing fails; it names the target
   */
  static <T> T write(String option, Path target, Content<T> content) throws IOException {
    Path whole = require(option, target);
    Path beside =
        whole.resolveSibling(
            String.format(Locale.ROOT, ".%s.%s.part", whole.getFileName(), UUID.randomUUID()));
    Files.createDirectories(beside);
    Thread interrupted = new Thread(() -> deleteQuietly(beside), "remove-unfinished-folder");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      T result = content.writeTo(beside);
      Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
      return result;
    } catch (IOException e) {
      // the folder beside is nobody's business
      String words = InputException.words(e).replace(beside.toString(), target.toString());
      throw new IOException(words, e);
    } finally {
      delete(beside);
      forget(interrupted);
    }
  }

  /**
   * Requires that a folder can be made, before any work.
   *
   * @return its whole path
   * @throws InputException if something is in the way, or nothing can be written there
   */
  static Path require(String option, Path target) throws IOException {
    Path whole = target.toAbsolutePath().normalize();
    if (whole.getParent() == null || !isFree(whole)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s %s already exists, needed is a new or empty folder",
              option,
              target));
    }
    OutputPath.requireFolder(option, target);
    return whole;
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process ends already, and the hook finds nothing to do
    }
  }

  /** While the process ends nobody could be told; what is left begins with a dot. */
  private static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // a file may be written at this moment
    }
  }

  private static boolean isFree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> deepestFirst;
      try (Stream<Path> paths = Files.walk(folder)) {
        deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
