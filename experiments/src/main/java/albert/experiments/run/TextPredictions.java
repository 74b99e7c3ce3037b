package albert.experiments.run;

import albert.datasets.task.Task;
import albert.datasets.task.TaskKind;
import albert.datasets.task.TextExample;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.CanonicalJson;
import albert.evaluation.record.Score;
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
 * @param examples the texts
 * @param values by row: the probability of each class, or the value alone
 */
@SuppressWarnings("ArrayRecordComponent") // owned by the record, one row an example
record TextPredictions(Task task, List<TextExample> examples, float[][] values)
    implements Predictions {

  /** The class of each row, or its value. */
  double[] classes() {
    return TextHead.of(task).predictions(values);
  }

  @Override
  public List<String> ids() {
    return examples.stream().map(TextExample::id).toList();
  }

  /** Of the rows that have a label. */
  @Override
  public List<Score> scores(IntPredicate which, String split, String protocol) {
    double[] predictions = classes();
    int[] rows =
        IntStream.range(0, examples.size())
            .filter(row -> examples.get(row).hasLabel())
            .filter(which)
            .toArray();
    double[] gold = IntStream.of(rows).mapToDouble(row -> examples.get(row).label()).toArray();
    double[] given = IntStream.of(rows).mapToDouble(row -> predictions[row]).toArray();
    return task.metrics().stream()
        .map(
            metric ->
                metric
                    .compute(gold, given)
                    .toScore(task.id(), metric.id(), split, rows.length, protocol))
        .toList();
  }

  @Override
  public Optional<String> note() {
    return task.kind() == TaskKind.CLASSIFICATION
            && values.length > 1
            && Arrays.stream(classes()).distinct().count() == 1
        ? Optional.of("predict one class for all of dev")
        : Optional.empty();
  }

  /**
   * A file {@code PART.jsonl}, a line an example with {@code id}, {@code prediction} and, where
   * they are known, {@code label} and {@code probabilities}.
   */
  @Override
  public void write(Path folder, String part) throws IOException {
    double[] predictions = classes();
    AtomicFiles.write(
        folder.resolve(part + ".jsonl"),
        out -> {
          for (int row = 0; row < examples.size(); row++) {
            Map<String, Object> line = line(examples.get(row), predictions[row], values[row]);
            out.write((CanonicalJson.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private Map<String, Object> line(TextExample example, double prediction, float[] row) {
    Map<String, Object> line = new TreeMap<>();
    line.put("id", example.id());
    if (task.kind() == TaskKind.CLASSIFICATION) {
      List<Float> probabilities = new ArrayList<>(row.length);
      for (float value : row) {
        probabilities.add(value);
      }
      line.put("prediction", task.labels().get((int) prediction));
      line.put("probabilities", probabilities);
      if (example.hasLabel()) {
        line.put("label", task.labels().get(example.labelIndex()));
      }
    } else {
      line.put("prediction", prediction);
      if (example.hasLabel()) {
        line.put("label", example.label());
      }
    }
    return line;
  }
}
