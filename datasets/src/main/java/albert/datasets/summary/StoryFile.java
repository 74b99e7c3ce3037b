package albert.datasets.summary;

import albert.datasets.DataFormatException;
import albert.datasets.TextLines;
import albert.datasets.pretraining.SentenceSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A story of CNN/DailyMail (arXiv 1506.03340): paragraphs a line each with empty lines between, and
 * after them every {@code @highlight} on a line of its own with its text below. Its highlights are
 * the summary. Paragraphs are cut into sentences by {@link SentenceSplitter}.
 */
final class StoryFile {
  static final String EXTENSION = ".story";
  private static final String HIGHLIGHT = "@highlight";

  private StoryFile() {}

  /**
   * Reads one.
   *
   * @return nothing if there is no text above the highlights, as in 114 of the published stories
   * @throws DataFormatException if it has no highlight
   * @throws UncheckedIOException if it can't be read
   */
  static Optional<SummaryDocument> read(Path file) {
    List<String> sentences = new ArrayList<>();
    List<String> highlights = new ArrayList<>();
    try (TextLines lines = TextLines.open(file)) {
      boolean below = false;
      for (String line = lines.next(); line != null; line = lines.next()) {
        String text = line.strip();
        if (text.startsWith(HIGHLIGHT)) {
          below = true;
        } else if (below && !text.isEmpty()) {
          highlights.add(text);
        } else {
          sentences.addAll(SentenceSplitter.split(text));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (highlights.isEmpty()) {
      throw new DataFormatException(
          file.toString(), "it has no " + HIGHLIGHT + " with a text below it");
    }
    if (sentences.isEmpty()) {
      return Optional.empty();
    }
    String name = String.valueOf(file.getFileName());
    return Optional.of(
        new SummaryDocument(
            name.substring(0, name.length() - EXTENSION.length()),
            null,
            sentences,
            List.of(),
            List.of(String.join("\n", highlights))));
  }
}
