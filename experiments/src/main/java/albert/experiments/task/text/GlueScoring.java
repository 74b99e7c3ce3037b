package albert.experiments.task.text;

import albert.datasets.text.GlueTask;
import albert.datasets.text.TextExample;
import albert.evaluation.metric.Metric;
import albert.evaluation.metric.MetricValue;
import albert.experiments.InputException;
import albert.experiments.task.kind.OfficialScores;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores a submission file of GLUE against the official file with the labels. */
final class GlueScoring {
  private GlueScoring() {}

  /**
   * Scores predictions.
   *
   * @throws albert.datasets.DataFormatException with file and line, if a file is malformed or they
   *     do not fit each other
   * @throws java.io.UncheckedIOException if the official file can't be read
   * @throws InputException if the predictions can't be read
   */
  public static OfficialScores score(GlueTask task, Path gold, Path predictions, String protocol) {
    List<TextExample> examples = task.readLabelled(gold);
    double[] given = GlueSubmission.read(predictions, task, examples.size());
    double[] labels = examples.stream().mapToDouble(TextExample::label).toArray();
    Map<String, MetricValue> values = new LinkedHashMap<>();
    for (Metric metric : task.metrics()) {
      values.put(metric.id(), metric.compute(labels, given));
    }
    return OfficialScores.of(task.id(), examples.size(), values, protocol);
  }
}
