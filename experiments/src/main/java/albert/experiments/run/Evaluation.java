package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.TaskKind;
import albert.model.head.ClassificationHead;
import albert.model.head.RegressionHead;
import albert.model.runtime.FrozenModel;
import albert.model.tensor.FloatTensor;
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

  /**
   * Predicts every example once.
   *
   * @throws StoppedException if asked to
   */
  static Evaluation of(
      FrozenModel model, Batcher batcher, TaskKind kind, int rows, StopSignal stop) {
    String output = output(kind);
    List<EncodedBatch> batches = batcher.evaluation();
    model.predict(Feeds.inputs(batches.get(0)), List.of(output));
    float[][] values = new float[rows][];
    long tokens = 0;
    long begun = System.nanoTime();
    for (EncodedBatch batch : batches) {
      stop.check();
      Map<String, FloatTensor> outputs = model.predict(Feeds.inputs(batch), List.of(output));
      put(values, batch, Objects.requireNonNull(outputs.get(output)));
      tokens += batch.tokens();
    }
    double seconds = (System.nanoTime() - begun) * 1e-9;
    return new Evaluation(values, tokens / seconds, seconds);
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
