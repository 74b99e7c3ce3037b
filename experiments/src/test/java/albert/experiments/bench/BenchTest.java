package albert.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderPreset;
import albert.model.runtime.RuntimeOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.RunnerException;

/** That the benchmarks run; never how fast. */
final class BenchTest {

  @ParameterizedTest
  @EnumSource(Workload.Mode.class)
  void measuresEveryMode(Workload.Mode mode) {
    try (Workload workload =
        Workload.of(
            EncoderPreset.MINI_ALBERT.config(), mode, 2, 8, RuntimeOptions.reproducible())) {
      ThroughputProbe.Measurement measured = new ThroughputProbe(1, 0.01, 3).measure(workload, 16);
      assertThat(measured.repeats()).isGreaterThanOrEqualTo(3);
      assertThat(measured.medianMs()).isPositive().isLessThanOrEqualTo(measured.p90Ms());
      assertThat(measured.tokensPerSecond() * measured.medianMs()).isCloseTo(16e3, within(1e-6));
      assertThat(measured.precision()).isEqualTo("float32");
      assertThat(measured.device()).isEqualTo("cpu");
    }
  }

  @Test
  void quantilesAreInterpolated() {
    double[] sorted = {1, 2, 3, 4};
    assertThat(ThroughputProbe.quantile(sorted, 0.5)).isEqualTo(2.5);
    assertThat(ThroughputProbe.quantile(sorted, 0.9)).isCloseTo(3.7, within(1e-12));
    assertThat(ThroughputProbe.quantile(new double[] {7}, 0.9)).isEqualTo(7);
  }

  @Test
  void theJmhSuiteRuns() throws RunnerException {
    assertThat(
            EncoderBenchmark.runSuite(
                new EncoderBenchmark.Effort(0, 0, 1, 1, List.of("mini-albert")), false))
        .extracting(EncoderBenchmark::name)
        .containsExactlyInAnyOrder("mini-albert forward 8 x 128", "mini-albert train 8 x 128");
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }
}
