package albert.experiments.run;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.Task;
import albert.datasets.task.TaskKind;
import albert.experiments.ModelInputs;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.RegressionHead;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of a task over single texts or pairs.
 *
 * @param kind what is predicted
 * @param labels the classes' names; empty for a regression
 */
record TextHead(TaskKind kind, List<String> labels) implements TaskHead {

  TextHead {
    labels = List.copyOf(labels);
  }

  static TextHead of(Task task) {
    return new TextHead(task.kind(), task.labels());
  }

  /** The one that weights are of, if they are of such a one. */
  static Optional<TextHead> of(HeadDescription head) {
    return switch (head.kind()) {
      case CLASSIFICATION -> Optional.of(new TextHead(TaskKind.CLASSIFICATION, head.labels()));
      case REGRESSION -> Optional.of(new TextHead(TaskKind.REGRESSION, List.of()));
      case NONE,
          PRETRAINING,
          MASKED_LM,
          NEXT_SENTENCE,
          QUESTION_ANSWERING,
          CONDITIONAL_SPAN,
          TOKEN_CLASSIFICATION,
          MULTI_LABEL_CLASSIFICATION,
          MULTIPLE_CHOICE ->
          Optional.empty();
    };
  }

  @Override
  public Head build(List<Double> classWeights) {
    return kind == TaskKind.CLASSIFICATION
        ? new ClassificationHead(labels.size(), classWeights)
        : new RegressionHead();
  }

  @Override
  public HeadDescription description() {
    return kind == TaskKind.CLASSIFICATION
        ? new HeadDescription(HeadKind.CLASSIFICATION, labels)
        : HeadDescription.of(HeadKind.REGRESSION);
  }

  @Override
  public List<String> outputs() {
    return List.of(output());
  }

  /** A batch with its labels. */
  Map<String, HostTensor> labelled(EncodedBatch batch) {
    Map<String, HostTensor> feed = new TreeMap<>(ModelInputs.of(batch));
    if (kind == TaskKind.CLASSIFICATION) {
      feed.put(ClassificationHead.LABELS, IntTensor.of(batch.classLabels(), batch.size()));
    } else {
      feed.put(RegressionHead.TARGETS, FloatTensor.of(batch.labels(), batch.size()));
    }
    return feed;
  }

  /** The row of each example of a batch, written to the example's place. */
  void read(EncodedBatch batch, Map<String, FloatTensor> outputs, float[][] values) {
    float[] all = Objects.requireNonNull(outputs.get(output())).values();
    int width = all.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      float[] row = new float[width];
      System.arraycopy(all, i * width, row, 0, width);
      values[batch.rows()[i]] = row;
    }
  }

  /**
   * The class of each row, or its value.
   *
   * @param values by row: the probability of each class, or the value alone
   */
  double[] predictions(float[][] values) {
    double[] predictions = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      predictions[row] = kind == TaskKind.CLASSIFICATION ? largest(values[row]) : values[row][0];
    }
    return predictions;
  }

  private String output() {
    return kind == TaskKind.CLASSIFICATION
        ? ClassificationHead.PROBABILITIES
        : RegressionHead.PREDICTIONS;
  }

  private static int largest(float[] row) {
    int largest = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
