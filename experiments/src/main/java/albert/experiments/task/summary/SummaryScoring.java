package albert.experiments.task.summary;

import albert.datasets.DataFormatException;
import albert.datasets.JsonLine;
import albert.datasets.TextLines;
import albert.datasets.summary.SummaryDocument;
import albert.datasets.summary.SummaryTask;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.PredictionLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scores a file of summaries against the data set's own file, or folder of stories. */
final class SummaryScoring {
  private static final String JSON_LINES = ".jsonl";
  private static final String LINE = "{\"prediction\": …} or {\"summary\": …}";

  private SummaryScoring() {}

  /**
   * Scores summaries in the order of the documents: JSON lines, if the file's name says so, with
   * the keys "prediction" or "summary" and perhaps "id", the document's; or a summary a line.
   *
   * @throws DataFormatException with file and line, if a file is malformed or they do not fit each
   *     other
   * @throws albert.experiments.InputException if there is no file of JSON lines
   * @throws UncheckedIOException if a file can't be read
   */
  static OfficialScores score(SummaryTask task, Path gold, Path predictions) {
    List<SummaryDocument> documents = task.readPart(gold);
    List<String> summaries =
        predictions.toString().endsWith(JSON_LINES)
            ? ofJson(predictions, gold, documents)
            : ofText(predictions);
    if (summaries.size() != documents.size()) {
      throw new DataFormatException(
          predictions.toString(),
          String.format(
              Locale.ROOT,
              "it has %d summaries, %s has %d documents",
              summaries.size(),
              gold,
              documents.size()));
    }
    return OfficialScores.of(
        task.id(),
        documents.size(),
        SummaryFigures.of(task, documents, summaries),
        OfficialScores.OF_FILES);
  }

  private static List<String> ofText(Path file) {
    List<String> summaries = new ArrayList<>();
    try (TextLines lines = TextLines.open(file)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        summaries.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return summaries;
  }

  private static List<String> ofJson(Path file, Path gold, List<SummaryDocument> documents) {
    List<String> summaries = new ArrayList<>();
    for (JsonLine line : PredictionLines.read(file, LINE)) {
      int row = summaries.size();
      if (row < documents.size() && line.has("id")) {
        requireId(line, gold, documents.get(row).id());
      }
      summaries.add(PredictionLines.text(line, "summary", "prediction"));
    }
    return summaries;
  }

  private static void requireId(JsonLine line, Path gold, String id) {
    String given = line.object().get("id").asText();
    if (!given.equals(id)) {
      throw line.problem(
          String.format(
              Locale.ROOT,
              "id is '%s', document %d of %s is '%s'",
              given,
              line.number(),
              gold,
              id));
    }
  }
}
