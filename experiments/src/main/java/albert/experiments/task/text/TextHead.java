package albert.experiments.task.text;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.Task;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.TaskHead;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.RegressionHead;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The head of a task over single texts or pairs. A prediction is float32 [classes]: the probability
 * of each class; or float32 [1]: the value of a regression.
 *
 * @param description with the classes' names; a regression has none
 */
public record TextHead(HeadDescription description)
    implements TaskHead<TextExample, TextSequences, float[]> {
  public static TextHead of(HeadDescription description) {
    return new TextHead(description);
  }

  boolean isRegression() {
    return description.kind() == HeadKind.REGRESSION;
  }

  @Override
  public Head build(List<Double> classWeights) {
    return isRegression()
        ? new RegressionHead()
        : new ClassificationHead(description.labels().size(), classWeights);
  }

  @Override
  public List<String> outputs() {
    return List.of(output());
  }

  private String output() {
    return isRegression() ? RegressionHead.PREDICTIONS : ClassificationHead.PROBABILITIES;
  }

  @Override
  public Map<String, HostTensor> labels(EncodedBatch batch) {
    return isRegression()
        ? Map.of(RegressionHead.TARGETS, FloatTensor.of(batch.column(0), batch.size()))
        : Map.of(ClassificationHead.LABELS, IntTensor.of(batch.classLabels(), batch.size()));
  }

  @Override
  public Decoder<float[]> decoder(TextSequences sequences) {
    return new Rows(output(), new float[sequences.rows().size()][]);
  }

  /** The row of each example, in the example's place. */
  @SuppressWarnings("ArrayRecordComponent") // owned, one row an example
  private record Rows(String output, float[][] values) implements Decoder<float[]> {
    @Override
    public void read(EncodedBatch batch, Map<String, FloatTensor> outputs) {
      float[] all = Objects.requireNonNull(outputs.get(output)).values();
      int width = all.length / batch.size();
      for (int i = 0; i < batch.size(); i++) {
        values[batch.rows()[i]] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
      }
    }

    @Override
    public int finite() {
      int row = 0;
      while (row < values.length && FloatTensor.isFinite(values[row], 0, values[row].length)) {
        row++;
      }
      return row;
    }

    @Override
    public List<float[]> predictions(int examples) {
      return Arrays.asList(values).subList(0, examples);
    }
  }

  /** The class of a row, or its value. */
  public double prediction(float[] values) {
    if (isRegression()) {
      return values[0];
    }
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  @Override
  public Map<String, Object> result(TextExample example, float[] values) {
    Map<String, Object> result = new LinkedHashMap<>();
    double prediction = prediction(values);
    if (isRegression()) {
      result.put("score", prediction);
      return result;
    }
    List<String> labels = description.labels();
    result.put("label", labels.get((int) prediction));
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      probabilities.put(labels.get(i), values[i]);
    }
    result.put("probabilities", probabilities);
    return result;
  }

  @Override
  public Predictions predictions(
      Task<TextExample> task, List<TextExample> examples, List<float[]> predicted) {
    return new TextPredictions((TextTask) task, this, examples, predicted);
  }
}
