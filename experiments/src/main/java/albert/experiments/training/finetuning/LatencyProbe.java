package albert.experiments.training.finetuning;

import albert.evaluation.record.Latency;
import albert.experiments.evaluation.Evaluation;
import albert.experiments.stage.StopSignal;
import albert.model.tensor.HostTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Time of a forward pass of one sequence: again and again until {@value #REPEATS} passes or {@value
 * #MOST_SECONDS} s are over, after some that are not measured.
 */
final class LatencyProbe {

  private static final int WARM_UP = 3;
  private static final int REPEATS = 100;

  /** At most so many in all. */
  static final int PASSES = WARM_UP + REPEATS;

  private static final double MOST_SECONDS = 2;

  private LatencyProbe() {}

  /**
   * Measures.
   *
   * @param input one sequence
   * @param sequenceLength its tokens
   * @param outputs what is computed
   * @throws albert.experiments.stage.StoppedException if asked to stop
   */
  static Latency measure(
      Evaluation.Predictor model,
      Map<String, HostTensor> input,
      int sequenceLength,
      List<String> outputs,
      StopSignal stop) {
    for (int i = 0; i < WARM_UP; i++) {
      model.predict(input, outputs);
    }
    double[] milliseconds = new double[REPEATS];
    int measured = 0;
    long begun = System.nanoTime();
    while (measured < REPEATS
        && (measured == 0 || (System.nanoTime() - begun) * 1e-9 < MOST_SECONDS)) {
      stop.check();
      long before = System.nanoTime();
      model.predict(input, outputs);
      milliseconds[measured++] = (System.nanoTime() - before) * 1e-6;
    }
    double[] sorted = Arrays.copyOf(milliseconds, measured);
    Arrays.sort(sorted);
    return new Latency(
        share(sorted, 0.5), share(sorted, 0.9), share(sorted, 0.99), measured, sequenceLength);
  }

  /** The least time that so large a share of the passes did not exceed. */
  private static double share(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
