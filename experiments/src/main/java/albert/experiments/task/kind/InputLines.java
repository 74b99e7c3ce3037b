package albert.experiments.task.kind;

import albert.datasets.JsonLines;
import albert.experiments.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens the JSON lines that an option names. */
public final class InputLines {
  private InputLines() {}

  /** Opens the file of {@code --input}; without one, standard input. */
  public static JsonLines open(@Nullable Path file) throws IOException {
    return file == null ? JsonLines.of("standard input", System.in) : open("--input", file);
  }

  /**
   * Opens a file.
   *
   * @param option that names it
   * @throws InputException if there is none
   */
  public static JsonLines open(String option, Path file) throws IOException {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s %s %s, needed is a file of JSON lines",
              option,
              file,
              Files.exists(file) ? "is a folder" : "does not exist"));
    }
    return JsonLines.open(file);
  }
}
