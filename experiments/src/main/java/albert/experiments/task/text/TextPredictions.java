package albert.experiments.task.text;

import albert.datasets.task.SplitName;
import albert.datasets.text.GlueTask;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.Score;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.SubmissionFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Classes or values of texts.
 *
 * @param task whose they are
 * @param head what predicted them
 * @param examples the texts
 * @param values by row: the probability of each class, or the value alone
 */
public record TextPredictions(
    TextTask task, TextHead head, List<TextExample> examples, List<float[]> values)
    implements Predictions {

  /** Copies the lists. */
  public TextPredictions {
    examples = List.copyOf(examples);
    values = List.copyOf(values);
  }

  /** The class of each row, or its value. */
  private double[] predicted() {
    return values.stream().mapToDouble(head::prediction).toArray();
  }

  @Override
  public List<String> ids() {
    return examples.stream().map(TextExample::id).toList();
  }

  /** Of the rows that have a label. */
  @Override
  public List<Score> scores(IntPredicate which, String split, String protocol) {
    double[] predictions = predicted();
    int[] rows =
        IntStream.range(0, examples.size())
            .filter(row -> examples.get(row).hasLabel())
            .filter(which)
            .toArray();
    double[] gold = IntStream.of(rows).mapToDouble(row -> examples.get(row).label()).toArray();
    double[] given = IntStream.of(rows).mapToDouble(row -> predictions[row]).toArray();
    return scores(task, gold, given, split, protocol);
  }

  /** What predictions score in every metric of a task, in the order of its metrics. */
  static List<Score> scores(
      TextTask task, double[] gold, double[] predicted, String split, String protocol) {
    return task.metrics().stream()
        .map(
            metric ->
                metric
                    .compute(gold, predicted)
                    .toScore(task.id(), metric.id(), split, gold.length, protocol))
        .toList();
  }

  @Override
  public Optional<String> note() {
    return !head.isRegression()
            && values.size() > 1
            && Arrays.stream(predicted()).distinct().count() == 1
        ? Optional.of("predict one class for all of dev")
        : Optional.empty();
  }

  /**
   * A file {@code PART.jsonl}, a line an example with {@code id}, {@code prediction} and, where
   * they are known, {@code label} and {@code probabilities}.
   */
  @Override
  public void write(Path folder, String part) throws IOException {
    double[] predictions = predicted();
    AtomicFiles.write(
        folder.resolve(part + ".jsonl"),
        out -> {
          for (int row = 0; row < examples.size(); row++) {
            Map<String, Object> line = line(examples.get(row), predictions[row], values.get(row));
            out.write((CanonicalJson.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private Map<String, Object> line(TextExample example, double prediction, float[] row) {
    Map<String, Object> line = new TreeMap<>();
    line.put("id", example.id());
    if (!head.isRegression()) {
      List<Float> probabilities = new ArrayList<>(row.length);
      for (float value : row) {
        probabilities.add(value);
      }
      line.put("prediction", head.description().labels().get((int) prediction));
      line.put("probabilities", probabilities);
      if (example.hasLabel()) {
        line.put("label", head.description().labels().get(example.labelIndex()));
      }
    } else {
      line.put("prediction", prediction);
      if (example.hasLabel()) {
        line.put("label", example.label());
      }
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
        .map(file -> new SubmissionFile(file, GlueSubmission.text(glue, predicted())));
  }
}
