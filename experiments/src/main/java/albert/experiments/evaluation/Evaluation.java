package albert.experiments.evaluation;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.experiments.ModelInputs;
import albert.experiments.stage.StageWatch;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.kind.Predictions;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a model predicts, and how fast.
 *
 * @param predictions for a part of a data set
 * @param tokensPerSecond tokens that are not padding, after a first batch that is not measured
 * @param seconds of wall-clock time for all batches
 */
public record Evaluation(Predictions predictions, double tokensPerSecond, double seconds) {

  /** A model that predicts. */
  @FunctionalInterface
  public interface Predictor {

    /**
     * Outputs for a batch.
     *
     * @param outputs their names
     */
    Map<String, FloatTensor> predict(Map<String, HostTensor> batch, List<String> outputs);
  }

  /** Takes what a model puts out for a batch. */
  @FunctionalInterface
  public interface Sink {

    /** Reads the outputs, by name. */
    void read(EncodedBatch batch, Map<String, FloatTensor> outputs);
  }

  /**
   * How fast it was.
   *
   * @param tokensPerSecond tokens that are not padding, after a first batch that is not measured
   * @param seconds of wall-clock time for all batches
   */
  public record Speed(double tokensPerSecond, double seconds) {}

  /** A model whose sequences count as steps of the stage at work. */
  public static Predictor counting(Predictor model, StageWatch watch) {
    return (batch, outputs) -> {
      Map<String, FloatTensor> predicted = model.predict(batch, outputs);
      HostTensor ids = Objects.requireNonNull(batch.get(EncoderInputs.INPUT_IDS));
      watch.step(ids.shape()[0]);
      return predicted;
    };
  }

  /** Of predictions that were made at a speed. */
  public static Evaluation of(Predictions predictions, Speed speed) {
    return new Evaluation(predictions, speed.tokensPerSecond(), speed.seconds());
  }

  /**
   * Puts every example through a model once.
   *
   * @param batches see {@link EvaluationBatches}
   * @throws albert.experiments.stage.StoppedException if asked to
   */
  public static Speed run(
      Predictor model, List<Batcher> batches, List<String> outputs, Sink sink, StopSignal stop) {
    boolean single = batches.size() == 1 && batches.get(0).batchesPerEpoch() == 1;
    long tokens = 0;
    long begun = System.nanoTime();
    long measuredFrom = begun;
    boolean first = !single;
    for (Batcher chunk : batches) {
      for (EncodedBatch batch : chunk.evaluation()) {
        stop.check();
        sink.read(batch, model.predict(ModelInputs.of(batch), outputs));
        if (first) {
          measuredFrom = System.nanoTime(); // TensorFlow plans and compiles in the first
          first = false;
        } else {
          tokens += batch.tokens();
        }
      }
    }
    long now = System.nanoTime();
    return new Speed(tokens / ((now - measuredFrom) * 1e-9), (now - begun) * 1e-9);
  }
}
