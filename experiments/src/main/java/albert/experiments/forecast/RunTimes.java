package albert.experiments.forecast;

import albert.evaluation.record.ModelCosts;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.experiments.config.RecordedConfig;
import albert.experiments.config.RunConfig;
import albert.model.config.ConfigException;
import albert.model.runtime.GemmProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Estimates times from finished runs: those of the same variant, else those of the same task and
 * length by their floating-point operations, else from how fast this machine multiplies matrices.
 * Medians, so that a run that was interrupted in between does not matter.
 */
final class RunTimes {

  /**
   * Part of the rate of large matrix products that a training reaches: those of its own are
   * smaller, and there is the rest of the graph. {@code bench --mode train} gave 0.46 for ALBERT
   * base (8 × 128) and 0.50 for mini-albert (32 × 48) of 360 GFLOP/s in bfloat16 on two cores.
   */
  private static final double SHARE_OF_GEMM = 0.5;

  private final List<Finished> finished = new ArrayList<>();
  private double gemm;

  /** A run that is over. */
  private record Finished(RunConfig config, double seconds, double flops) {}

  /** Takes what the records of any studies tell; those of other versions tell nothing. */
  RunTimes(List<RunRecord> records) {
    records.stream()
        .filter(record -> record.status() == RunStatus.FINISHED)
        .forEach(record -> finished(record).ifPresent(finished::add));
  }

  private static Optional<Finished> finished(RunRecord record) {
    Instant end = record.timings().finished();
    ModelCosts costs = record.costs();
    if (end == null || costs == null) {
      return Optional.empty();
    }
    try {
      RunConfig config = RecordedConfig.of(record.config());
      double seconds = Duration.between(record.timings().started(), end).toMillis() * 1e-3;
      long examples = record.data().get(0).rows().getOrDefault("train", 0L);
      return Optional.of(
          new Finished(config, seconds, flops(costs, config, config.training().steps(examples))));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** Operations of all steps of a training, every sequence as long as the longest. */
  static double flops(ModelCosts costs, RunConfig config, long steps) {
    return costs.own().trainFlops() * config.training().gradientAccumulationSteps() * steps;
  }

  /** What makes a recorded run what it is, but for its seeds; empty if of another version. */
  static Optional<Map<String, Object>> identity(RunRecord record) {
    try {
      return Optional.of(RecordedConfig.of(record.config()).identity());
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /**
   * How long a run takes.
   *
   * @param flops of its training
   */
  TimeEstimate of(RunConfig config, double flops) {
    return ofSame(config, flops)
        .or(() -> ofSimilar(config, flops))
        .orElseGet(() -> byGemm(config, flops));
  }

  private Optional<TimeEstimate> ofSame(RunConfig config, double flops) {
    double[] seconds =
        finished.stream()
            .filter(run -> run.config.identity().equals(config.identity()))
            .mapToDouble(Finished::seconds)
            .toArray();
    return seconds.length == 0
        ? Optional.empty()
        : Optional.of(
            new TimeEstimate(
                median(seconds),
                flops,
                String.format(Locale.ROOT, "%d finished runs of this variant", seconds.length)));
  }

  private Optional<TimeEstimate> ofSimilar(RunConfig config, double flops) {
    double[] perFlop =
        finished.stream()
            .filter(run -> run.flops > 0 && isSimilar(run.config, config))
            .mapToDouble(run -> run.seconds / run.flops)
            .toArray();
    return perFlop.length == 0
        ? Optional.empty()
        : Optional.of(
            new TimeEstimate(
                flops * median(perFlop),
                flops,
                String.format(
                    Locale.ROOT,
                    "%d finished runs of this task and length, by FLOPs",
                    perFlop.length)));
  }

  private static boolean isSimilar(RunConfig one, RunConfig other) {
    return one.task().equals(other.task())
        && one.training().maxSeqLength() == other.training().maxSeqLength()
        && Objects.equals(one.training().precision(), other.training().precision());
  }

  /** By the speed of this machine. */
  TimeEstimate byGemm(RunConfig config, double flops) {
    if (gemm == 0) {
      gemm = GemmProbe.flopsPerSecond(config.training().runtime());
    }
    return new TimeEstimate(
        flops / (gemm * SHARE_OF_GEMM),
        flops,
        String.format(
            Locale.ROOT,
            "FLOPs at %.0f %% of this machine's %.0f GFLOP/s (measured now), if no sequence were"
                + " shorter",
            100 * SHARE_OF_GEMM,
            gemm * 1e-9));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
