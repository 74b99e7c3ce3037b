package albert.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.config.EncoderPreset;
import albert.model.runtime.RuntimeOptions;
import albert.reports.benchmark.JmhFile;
import albert.reports.benchmark.JmhResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.results.RunResult;
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
  void theJmhSuiteRunsAndReportsReadItsResults(@TempDir Path folder)
      throws RunnerException, IOException {
    Collection<RunResult> results =
        EncoderBenchmark.runSuite(
            new EncoderBenchmark.Effort(0, 0, 1, 1, List.of("mini-albert")), false);
    assertThat(results)
        .extracting(EncoderBenchmark::name)
        .containsExactlyInAnyOrder("mini-albert forward 8 x 128", "mini-albert train 8 x 128");
    Path file = folder.resolve("jmh.json");
    Files.writeString(file, EncoderBenchmark.json(results));
    assertThat(JmhFile.read(file))
        .hasSize(2)
        .allSatisfy(
            read -> {
              assertThat(read.benchmark()).isEqualTo(EncoderBenchmark.class.getName() + ".step");
              assertThat(read.mode()).isEqualTo(JmhResult.Mode.SAMPLE_TIME);
              assertThat(read.params()).containsEntry("preset", "mini-albert").hasSize(4);
              assertThat(read.unit()).isEqualTo("ms/op");
              assertThat(read.forks()).isZero();
              assertThat(read.iterations()).isEqualTo(1);
              JmhResult.Percentiles percentiles = Objects.requireNonNull(read.percentiles());
              assertThat(percentiles.p50())
                  .isPositive()
                  .isLessThanOrEqualTo(percentiles.p90())
                  .isLessThanOrEqualTo(percentiles.p99());
              assertThat(read.score()).isPositive().isLessThanOrEqualTo(percentiles.p99());
            });
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }
}
