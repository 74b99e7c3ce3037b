package albert.experiments.forecast;

import albert.evaluation.record.Stage;
import albert.model.runtime.GemmProbe;
import albert.model.runtime.RuntimeOptions;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Estimates times from how fast this machine multiplies matrices, where nothing like it has been
 * done yet. A stage reaches a part of the rate of large products: its own are smaller, and there is
 * the rest of the graph. Besides it takes a time that does not depend on its steps: graphs are
 * built, texts read, files written. Both were measured, see {@code docs/studies.md}.
 */
final class GemmTimes {

  private final ToDoubleFunction<RuntimeOptions> probe;
  private final Map<RuntimeOptions, Double> rates = new HashMap<>();

  /** Measures this machine when it is asked first. */
  GemmTimes() {
    this(GemmProbe::flopsPerSecond);
  }

  /**
   * @param probe tells the rate of large products, in floating-point operations a second
   */
  GemmTimes(ToDoubleFunction<RuntimeOptions> probe) {
    this.probe = probe;
  }

  /**
   * What was measured of a stage.
   *
   * @param share of the rate of large products that it reaches
   * @param seconds that it takes besides
   */
  private record Measured(double share, double seconds) {}

  private static Measured of(Stage stage) {
    return switch (stage) {
      case PRETRAINING -> new Measured(0.5, 5);
      case COMPRESSION -> new Measured(0.3, 8);
      case DISTILLATION -> new Measured(0.5, 3);
      case TRAINING -> new Measured(0.5, 3);
      case EVALUATION -> new Measured(0.6, 0.2);
      case LATENCY -> new Measured(0.3, 0.5);
      case FILES -> new Measured(1, 0.5);
    };
  }

  /** How long all steps of a stage take. */
  TimeEstimate of(StageWork work, RuntimeOptions runtime) {
    double gemm = rates.computeIfAbsent(runtime, probe::applyAsDouble);
    Measured measured = of(work.stage());
    double seconds =
        measured.seconds * work.times() + work.flops() * work.width() / (gemm * measured.share);
    return new TimeEstimate(
        seconds,
        String.format(
            Locale.ROOT, "FLOPs at this machine's %.0f GFLOP/s (measured now)", gemm * 1e-9));
  }
}
