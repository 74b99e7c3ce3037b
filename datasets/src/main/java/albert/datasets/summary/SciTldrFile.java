package albert.datasets.summary;

import albert.datasets.DataFormatException;
import albert.datasets.JsonLine;
import albert.datasets.JsonLines;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of SciTLDR (allenai/scitldr): a JSON object a line with {@code source} (the document's
 * sentences), {@code target} (its summaries, a list or one string), {@code paper_id} and, where it
 * is to be learnt from as the data set says, {@code source_labels} (1 for the sentence to extract).
 * Other keys are not read: {@code rouge_scores} are ROUGE-1 by another program, of sets of words,
 * against the first summary alone.
 */
final class SciTldrFile {
  private static final String LINE = "{\"source\": [\"…\"], \"target\": [\"…\"]}";

  private final Path file;
  private final Map<String, Long> lines = new HashMap<>();

  private SciTldrFile(Path file) {
    this.file = file;
  }

  /**
   * The documents, at least one, in the order of the lines.
   *
   * @throws DataFormatException with file and line: a line that is no such object; no sentence or
   *     summary; labels that are not one a sentence; an id that was there before
   * @throws UncheckedIOException if it can't be read
   */
  static List<SummaryDocument> read(Path file) {
    SciTldrFile reader = new SciTldrFile(file);
    List<SummaryDocument> documents = new ArrayList<>();
    try (JsonLines lines = JsonLines.open(file)) {
      for (JsonLine line = lines.next(LINE); line != null; line = lines.next(LINE)) {
        documents.add(reader.document(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (documents.isEmpty()) {
      throw new DataFormatException(file.toString(), "there is no document in it");
    }
    return documents;
  }

  private SummaryDocument document(JsonLine line) {
    List<String> sentences = line.texts("source");
    if (!SummaryDocument.hasText(sentences)) {
      throw line.problem("source has no sentence");
    }
    List<String> references =
        line.object().path("target").isTextual()
            ? List.of(line.text("target"))
            : line.texts("target");
    if (references.isEmpty() || references.stream().anyMatch(String::isBlank)) {
      throw line.problem(
          references.isEmpty() ? "target has no summary" : "a summary in target is empty");
    }
    return new SummaryDocument(
        id(line), null, sentences, labels(line, sentences.size()), references);
  }

  private String id(JsonLine line) {
    String given = line.optionalText("paper_id");
    String id = given == null ? String.valueOf(line.number() - 1) : given;
    Long before = lines.putIfAbsent(id, line.number());
    if (before != null) {
      throw line.problem(
          String.format(Locale.ROOT, "paper_id '%s' is that of line %d of %s", id, before, file));
    }
    return id;
  }

  private static List<Integer> labels(JsonLine line, int sentences) {
    if (!line.has("source_labels")) {
      return List.of();
    }
    List<Integer> labels = new ArrayList<>();
    for (JsonNode label : line.object().get("source_labels")) {
      if (!label.isInt() || label.intValue() < 0 || label.intValue() > 1) {
        throw line.problem("source_labels has " + label + ", allowed are 0 and 1");
      }
      labels.add(label.intValue());
    }
    if (labels.size() != sentences) {
      throw line.problem(
          String.format(
              Locale.ROOT,
              "source_labels has %d labels, source has %d sentences",
              labels.size(),
              sentences));
    }
    return labels;
  }
}
