package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.TaskKind;
import albert.model.head.ClassificationHead;
import albert.model.head.RegressionHead;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a model predicts, and how fast.
 *
 * @param values by row of the split: for a classification the probability of each class, for a
 *     regression the value alone
 * @param tokensPerSecond tokens that are not padding, after a first batch that is not measured
 * @param seconds of wall-clock time for all batches
 */
@SuppressWarnings("ArrayRecordComponent") // owned by the record, one row an example
record Evaluation(float[][] values, double tokensPerSecond, double seconds) {

  /** A model that predicts. */
  @FunctionalInterface
  interface Predictor {

    /**
     * Outputs for a batch.
     *
     * @param outputs their names
     */
    Map<String, FloatTensor> predict(Map<String, HostTensor> batch, List<String> outputs);
  }

  /**
   * Predicts every example once.
   *
   * @throws StoppedException if asked to
   */
  static Evaluation of(Predictor model, Batcher batcher, TaskKind kind, int rows, StopSignal stop) {
    String output = output(kind);
    List<EncodedBatch> batches = batcher.evaluation();
    float[][] values = new float[rows][];
    long tokens = 0;
    long begun = System.nanoTime();
    long measuredFrom = begun;
    for (int i = 0; i < batches.size(); i++) {
      stop.check();
      EncodedBatch batch = batches.get(i);
      put(
          values,
          batch,
          Objects.requireNonNull(model.predict(Feeds.inputs(batch), List.of(output)).get(output)));
      if (i == 0 && batches.size() > 1) {
        measuredFrom = System.nanoTime(); // TensorFlow plans and compiles in the first
      } else {
        tokens += batch.tokens();
      }
    }
    long now = System.nanoTime();
    return new Evaluation(values, tokens / ((now - measuredFrom) * 1e-9), (now - begun) * 1e-9);
  }

  /** Whether all rows have one class: a model that learnt nothing but the most frequent. */
  boolean isOneClass(TaskKind kind) {
    return kind == TaskKind.CLASSIFICATION
        && values.length > 1
        && Arrays.stream(predictions(kind)).distinct().count() == 1;
  }

  /** What of a head's outputs is the prediction. */
  static String output(TaskKind kind) {
    return kind == TaskKind.CLASSIFICATION
        ? ClassificationHead.PROBABILITIES
        : RegressionHead.PREDICTIONS;
  }

  /** The class of each row, or its value. */
  double[] predictions(TaskKind kind) {
    double[] predictions = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      predictions[row] = kind == TaskKind.CLASSIFICATION ? largest(values[row]) : values[row][0];
    }
    return predictions;
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

  private static void put(float[][] values, EncodedBatch batch, FloatTensor output) {
    int width = output.values().length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      float[] row = new float[width];
      System.arraycopy(output.values(), i * width, row, 0, width);
      values[batch.rows()[i]] = row;
    }
  }
}
