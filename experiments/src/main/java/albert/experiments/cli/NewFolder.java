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
   * @throws InputException if something is in the way, or it can't be written
   */
  static <T> T write(String option, Path target, Content<T> content) throws IOException {
    Path whole = target.toAbsolutePath().normalize();
    Path parent = whole.getParent();
    if (parent == null || !isFree(whole)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s %s is there already, needed is a new or empty folder",
              option,
              target));
    }
    Path beside =
        parent.resolve(
            String.format(Locale.ROOT, ".%s.%s.part", whole.getFileName(), UUID.randomUUID()));
    try {
      Files.createDirectories(beside);
    } catch (IOException e) {
      throw new InputException(
          String.format(
              Locale.ROOT, "%s %s can't be written: %s", option, target, InputException.words(e)));
    }
    Thread interrupted = new Thread(() -> deleteQuietly(beside), "remove-unfinished-folder");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      T result = content.writeTo(beside);
      Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
      return result;
    } finally {
      delete(beside);
      forget(interrupted);
    }
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
