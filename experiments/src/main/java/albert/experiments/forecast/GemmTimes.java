package albert.experiments.forecast;

import albert.model.runtime.GemmProbe;
import albert.model.runtime.RuntimeOptions;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Estimates times from how fast this machine multiplies matrices, where nothing like it has been
 * done yet. A stage reaches a part of the rate of large products: its own are smaller, and there is
 * the rest of the graph. Besides there are values that pass through memory, as an optimizer's, and
 * a time that does not depend on the steps: graphs are built, texts read, files written. All three
 * were measured on two cores, see {@code docs/studies.md}.
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
   * @param nanosAValue what a value takes that passes through memory
   * @param seconds that it takes besides, each time
   */
  private record Measured(double share, double nanosAValue, double seconds) {}

  private static Measured of(StageWork work) {
    return switch (work.stage()) {
      case PRETRAINING -> new Measured(0.8, 3, 5);
      case COMPRESSION -> new Measured(0.55, 3, work.steps() == 0 ? 2 : 9); // fits nothing

      case DISTILLATION -> new Measured(0.55, 3, 2);
      case TRAINING -> new Measured(0.66, 3, 1);
      case EVALUATION -> new Measured(0.72, 0, 0.1);
      case OTHER_PARTS -> new Measured(0.72, 0, 1); // and a model of their own
      case LATENCY -> new Measured(0.24, 800_000, 0.3);
      case FILES -> new Measured(1, 120, 0.3);
    };
  }

  /** How long all steps of a stage take. */
  TimeEstimate of(StageWork work, RuntimeOptions runtime) {
    double gemm = rates.computeIfAbsent(runtime, probe::applyAsDouble);
    Measured measured = of(work);
    double seconds =
        measured.seconds * work.times()
            + work.values() * measured.nanosAValue * 1e-9
            + work.flops() * work.width() / (gemm * measured.share);
    return new TimeEstimate(
        seconds,
        String.format(
            Locale.ROOT, "FLOPs at this machine's %.0f GFLOP/s (measured now)", gemm * 1e-9));
  }
}
