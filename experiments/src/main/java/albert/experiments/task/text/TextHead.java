package albert.experiments.task.text;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.Task;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.PredictionLines;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.TaskHead;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.MultiLabelHead;
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
import java.util.stream.IntStream;

/**
 * The head of a task over single texts or pairs. A prediction is float32 [classes]: the probability
 * of each class, or of each label where several may be right; or float32 [1]: the value of a
 * regression.
 *
 * @param description with the classes' names; a regression has none
 */
public record TextHead(HeadDescription description)
    implements TaskHead<TextExample, TextSequences, float[]> {
  /** A label is predicted if its probability is above this. */
  private static final double THRESHOLD = 0.5;

  /** The head of some labels; a regression has none. */
  public static TextHead of(LabelKind kind, List<String> labels) {
    return new TextHead(
        switch (kind) {
          case CLASSIFICATION -> new HeadDescription(HeadKind.CLASSIFICATION, labels);
          case MULTI_LABEL -> new HeadDescription(HeadKind.MULTI_LABEL_CLASSIFICATION, labels);
          case REGRESSION -> HeadDescription.of(HeadKind.REGRESSION);
        });
  }

  /** What it predicts. */
  LabelKind kind() {
    return switch (description.kind()) {
      case REGRESSION -> LabelKind.REGRESSION;
      case MULTI_LABEL_CLASSIFICATION -> LabelKind.MULTI_LABEL;
      default -> LabelKind.CLASSIFICATION;
    };
  }

  @Override
  public Head build(List<Double> classWeights) {
    int labels = description.labels().size();
    return switch (kind()) {
      case CLASSIFICATION -> new ClassificationHead(labels, classWeights);
      case MULTI_LABEL -> new MultiLabelHead(labels);
      case REGRESSION -> new RegressionHead();
    };
  }

  @Override
  public List<String> outputs() {
    return List.of(output());
  }

  private String output() {
    return switch (kind()) {
      case CLASSIFICATION -> ClassificationHead.PROBABILITIES;
      case MULTI_LABEL -> MultiLabelHead.PROBABILITIES;
      case REGRESSION -> RegressionHead.PREDICTIONS;
    };
  }

  @Override
  public Map<String, HostTensor> labels(EncodedBatch batch) {
    int size = batch.size();
    return switch (kind()) {
      case CLASSIFICATION ->
          Map.of(ClassificationHead.LABELS, IntTensor.of(batch.classLabels(), size));
      case MULTI_LABEL ->
          Map.of(
              MultiLabelHead.TARGETS,
              FloatTensor.of(batch.allLabels(), size, description.labels().size()));
      case REGRESSION -> Map.of(RegressionHead.TARGETS, FloatTensor.of(batch.column(0), size));
    };
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

  /** The class of a row, or its value; or 1 or 0 for each label. */
  public double[] prediction(float[] values) {
    return switch (kind()) {
      case CLASSIFICATION -> new double[] {FloatTensor.largest(values, 0, values.length)};
      case MULTI_LABEL -> {
        double[] right = new double[values.length];
        for (int i = 0; i < values.length; i++) {
          right[i] = Float.isNaN(values[i]) ? Double.NaN : values[i] > THRESHOLD ? 1 : 0;
        }
        yield right;
      }
      case REGRESSION -> new double[] {values[0]};
    };
  }

  /** A label or a prediction as files have it: a name, a list of names, or a number. */
  Object words(double[] labels) {
    List<String> names = description.labels();
    return switch (kind()) {
      case CLASSIFICATION -> names.get((int) labels[0]);
      case MULTI_LABEL ->
          IntStream.range(0, labels.length)
              .filter(i -> labels[i] == 1)
              .mapToObj(names::get)
              .toList();
      case REGRESSION -> labels[0];
    };
  }

  @Override
  public Map<String, Object> result(TextExample example, float[] values) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(resultKey(kind()), words(prediction(values)));
    if (kind() != LabelKind.REGRESSION) {
      result.put("probabilities", PredictionLines.numbers(description.labels(), values));
    }
    return result;
  }

  /** The key that {@code predict} writes what it predicts under. */
  public static String resultKey(LabelKind kind) {
    return switch (kind) {
      case CLASSIFICATION -> "label";
      case MULTI_LABEL -> "labels";
      case REGRESSION -> "score";
    };
  }

  @Override
  public Predictions predictions(
      Task<TextExample> task, List<TextExample> examples, List<float[]> predicted) {
    return new TextPredictions((TextTask) task, this, examples, predicted);
  }
}
