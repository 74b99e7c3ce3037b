package albert.experiments.task.table;

import albert.datasets.DataFormatException;
import albert.datasets.table.LabelledColumn;
import albert.datasets.table.TableTask;
import albert.evaluation.metric.Metric;
import albert.evaluation.metric.MetricValue;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.text.TextHead;
import albert.experiments.task.text.TextPredictions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Scores a table of predictions against a table with labels, row by row. */
final class TableScoring {
  private TableScoring() {}

  /**
   * Scores predictions.
   *
   * @throws DataFormatException with file and line, if a table is malformed or they do not fit each
   *     other
   * @throws java.io.UncheckedIOException if one can't be read
   */
  static OfficialScores score(TableTask task, Path gold, Path predictions) {
    List<String> columns = List.of("prediction", TextHead.resultKey(task.kind()));
    LabelledColumn right = LabelledColumn.read(gold, task.labelColumns(), task.format());
    LabelledColumn given = LabelledColumn.read(predictions, columns, task.format());
    int n = right.rows().size();
    if (given.rows().size() != n) {
      throw new DataFormatException(
          predictions.toString(),
          String.format(Locale.ROOT, "it has %d rows, %s has %d", given.rows().size(), gold, n));
    }
    TableTask named = task.labels().isEmpty() ? task.with(names(right, given)) : task;
    double[][] answers = right.codes(named.format());
    double[][] said = given.codes(named.format());
    Map<String, MetricValue> values = new LinkedHashMap<>();
    for (Metric metric : named.metrics()) {
      values.put(metric.id(), TextPredictions.value(named, metric, answers, said));
    }
    return OfficialScores.of(task.id(), n, values, OfficialScores.OF_FILES);
  }

  /** Those of both sides, as scikit-learn takes them. */
  private static List<String> names(LabelledColumn right, LabelledColumn given) {
    Set<String> names = new TreeSet<>(right.labels());
    names.addAll(given.labels());
    return List.copyOf(names);
  }
}
