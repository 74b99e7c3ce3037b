package albert.experiments.task.text;

import albert.datasets.task.SplitName;
import albert.datasets.text.GlueTask;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.evaluation.metric.LabelSets;
import albert.evaluation.metric.Metric;
import albert.evaluation.metric.MetricValue;
import albert.evaluation.record.Score;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.SubmissionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Classes, labels or values of texts.
 *
 * @param task whose they are
 * @param head what predicted them
 * @param examples the texts
 * @param values by row: the probability of each class or label, or the value alone
 */
public record TextPredictions(
    TextTask task, TextHead head, List<TextExample> examples, List<float[]> values)
    implements Predictions {

  /** Copies the lists. */
  public TextPredictions {
    examples = List.copyOf(examples);
    values = List.copyOf(values);
  }

  /** Of each row the class, the value, or 1 or 0 for each label. */
  private double[][] predicted() {
    return values.stream().map(head::prediction).toArray(double[][]::new);
  }

  @Override
  public List<String> ids() {
    return Predictions.ids(examples);
  }

  /** Of the rows that have a label. */
  @Override
  public List<Score> scores(IntPredicate which, String split, String protocol) {
    double[][] predictions = predicted();
    int[] rows = Predictions.labelled(examples, which);
    return scores(
        task,
        IntStream.of(rows).mapToObj(row -> labels(examples.get(row))).toArray(double[][]::new),
        IntStream.of(rows).mapToObj(row -> predictions[row]).toArray(double[][]::new),
        split,
        protocol);
  }

  /** What is right of an example, as {@link TextHead#prediction} says what is predicted. */
  static double[] labels(TextExample example) {
    return example.labels().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** What predictions score in every metric of a task, in the order of its metrics. */
  static List<Score> scores(
      TextTask task, double[][] gold, double[][] predicted, String split, String protocol) {
    return task.metrics().stream()
        .map(
            metric ->
                value(task, metric, gold, predicted)
                    .toScore(task.id(), metric.id(), split, gold.length, protocol))
        .toList();
  }

  /** What predictions score in a metric. */
  public static MetricValue value(
      TextTask task, Metric metric, double[][] gold, double[][] predicted) {
    return task.kind() == LabelKind.MULTI_LABEL
        ? LabelSets.compute(metric, gold, predicted)
        : metric.compute(firsts(gold), firsts(predicted));
  }

  private static double[] firsts(double[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
  }

  @Override
  public Optional<String> note() {
    boolean alike =
        values.size() > 1
            && Arrays.stream(predicted()).map(Arrays::toString).distinct().count() == 1;
    return switch (head.kind()) {
      case CLASSIFICATION ->
          alike ? Optional.of("predict one class for all of dev") : Optional.empty();
      case MULTI_LABEL ->
          alike ? Optional.of("predict the same labels for all of dev") : Optional.empty();
      case REGRESSION -> Optional.empty();
    };
  }

  /**
   * A file {@code PART.jsonl}, a line an example with {@code id}, {@code prediction} and, where
   * they are known, {@code label} and {@code probabilities}. Where several labels may be right,
   * label and prediction are lists.
   */
  @Override
  public void write(Path folder, String part) throws IOException {
    double[][] predictions = predicted();
    PredictionLines.write(
        folder,
        part,
        examples.size(),
        row -> line(examples.get(row), predictions[row], values.get(row)));
  }

  private Map<String, Object> line(TextExample example, double[] prediction, float[] row) {
    Map<String, Object> line = new TreeMap<>();
    line.put("id", example.id());
    line.put("prediction", head.words(prediction));
    if (example.hasLabel()) {
      line.put("label", head.words(labels(example)));
    }
    if (head.kind() != LabelKind.REGRESSION) {
      line.put("probabilities", PredictionLines.numbers(row));
    }
    return line;
  }

  /** As GLUE's server takes it. */
  @Override
  public Optional<SubmissionFile> submission(SplitName part) {
    if (!(task instanceof GlueTask glue)) {
      return Optional.empty();
    }
    return Optional.ofNullable(glue.submissionFiles().get(part))
        .map(file -> new SubmissionFile(file, GlueSubmission.text(glue, firsts(predicted()))));
  }
}
