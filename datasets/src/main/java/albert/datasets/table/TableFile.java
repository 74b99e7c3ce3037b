package albert.datasets.table;

import albert.datasets.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of a table, one after the other. */
interface TableFile extends AutoCloseable {
  /** How files of each format are called. */
  List<String> ENDINGS = List.of(".csv", ".tsv", ".jsonl");

  /**
   * Opens a file, whose name says its format.
   *
   * @throws DataFormatException if the name says none that is known, or the file is malformed
   * @throws UncheckedIOException if it can't be read
   */
  static TableFile open(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    String ending = ENDINGS.stream().filter(name::endsWith).findFirst().orElse("");
    try {
      return switch (ending) {
        case ".csv" -> new SeparatedFile(file, ',');
        case ".tsv" -> new SeparatedFile(file, '\t');
        case ".jsonl" -> new JsonLinesFile(file);
        default ->
            throw new DataFormatException(
                file.toString(),
                "its name does not say what it is, needed is .csv, .tsv or .jsonl (a spreadsheet"
                    + " saves its sheet as CSV)");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a file's name says a format that is known. */
  static boolean isTable(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
  }

  /**
   * The next row, or null after the last.
   *
   * @throws DataFormatException with its line, if it is malformed
   */
  @Nullable TableRow next();

  @Override
  void close();
}
