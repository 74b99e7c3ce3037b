package albert.experiments.task.summary;

import albert.datasets.summary.SummaryDocument;
import albert.datasets.task.Task;
import albert.evaluation.record.Score;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.Predictions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Extracts of documents.
 *
 * @param task whose they are
 * @param documents what was summarised
 * @param extracts one a document
 */
record SummaryPredictions(
    Task<SummaryDocument> task, List<SummaryDocument> documents, List<Extract> extracts)
    implements Predictions {

  @Override
  public List<String> ids() {
    return Predictions.ids(documents);
  }

  private String summary(int row) {
    return documents.get(row).lines(extracts.get(row).sentences());
  }

  /** Of the documents that have a reference. */
  @Override
  public List<Score> scores(IntPredicate which, String split, String protocol) {
    int[] rows = Predictions.labelled(documents, which);
    if (rows.length == 0) {
      return List.of(
          Score.absent(task.id(), task.metric(), split, "there are no documents", 0, protocol));
    }
    return Predictions.scores(
        SummaryFigures.of(
            task,
            IntStream.of(rows).mapToObj(documents::get).toList(),
            IntStream.of(rows).mapToObj(this::summary).toList()),
        task.id(),
        rows.length,
        split,
        protocol);
  }

  @Override
  public Optional<String> note() {
    boolean lead =
        IntStream.range(0, documents.size())
            .allMatch(
                row -> {
                  List<Integer> chosen = extracts.get(row).sentences();
                  return Extract.lead(documents.get(row), chosen.size()).sentences().equals(chosen);
                });
    return lead && documents.size() > 1
        ? Optional.of("take the first sentences of every document of dev")
        : Optional.empty();
  }

  /**
   * A file {@code PART.jsonl}, a line a document with {@code id}, {@code prediction} (the summary,
   * a line a sentence), {@code sentences} and {@code scores} as {@code predict} writes them, and,
   * where there are any, {@code references}.
   */
  @Override
  public void write(Path folder, String part) throws IOException {
    PredictionLines.write(folder, part, documents.size(), this::line);
  }

  private Map<String, Object> line(int row) {
    Map<String, Object> line = new TreeMap<>();
    line.put("id", documents.get(row).id());
    line.put("prediction", summary(row));
    line.put("sentences", extracts.get(row).sentences());
    line.put("scores", extracts.get(row).scores());
    if (documents.get(row).hasLabel()) {
      line.put("references", documents.get(row).references());
    }
    return line;
  }
}
