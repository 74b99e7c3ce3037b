package albert.experiments.search;

import albert.datasets.DataFormatException;
import albert.datasets.JsonLine;
import albert.datasets.JsonLines;
import albert.datasets.TextLines;
import albert.experiments.InputException;
import albert.experiments.task.kind.InputLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file of passages: text with a passage a line, whose blank lines are none, or, by the name
 * {@code *.jsonl}, JSON lines with {@code text} and, if wanted, {@code id}.
 */
public final class PassageFile {
  private static final String LINE = "{\"text\": …}";

  private PassageFile() {}

  /**
   * Reads all passages, at least one.
   *
   * @throws InputException if there is no such file
   * @throws DataFormatException with the line, if it is not UTF-8 or not JSON lines, or if there is
   *     no passage in it
   */
  public static List<Passage> read(Path file) throws IOException {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--index %s %s, needed is a text file with a passage a line, or JSON lines (.jsonl)",
              file,
              Files.exists(file) ? "is a folder" : "does not exist"));
    }
    List<Passage> passages = file.toString().endsWith(".jsonl") ? readJson(file) : readText(file);
    if (passages.isEmpty()) {
      throw new DataFormatException(file.toString(), "there is no passage in it");
    }
    return passages;
  }

  private static List<Passage> readText(Path file) throws IOException {
    List<Passage> passages = new ArrayList<>();
    try (TextLines lines = TextLines.open(file)) {
      long number = 1;
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (!line.isBlank()) {
          passages.add(new Passage(number, null, line));
        }
        number++;
      }
    }
    return passages;
  }

  private static List<Passage> readJson(Path file) throws IOException {
    List<Passage> passages = new ArrayList<>();
    try (JsonLines lines = InputLines.open("--index", file)) {
      for (JsonLine line = lines.next(LINE); line != null; line = lines.next(LINE)) {
        passages.add(new Passage(line.number(), line.object().get("id"), line.text("text")));
      }
    }
    return passages;
  }
}
