package albert.experiments.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.Stage;
import albert.model.runtime.RuntimeOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GemmTimesTest {

  private static StageWork work(Stage stage, double flops, double width) {
    return new StageWork(stage, null, 1, 10, 0, false, flops, width, 0);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void everyStageHasATimeThatGrowsWithItsOperations(Stage stage) {
    AtomicInteger probed = new AtomicInteger();
    GemmTimes times =
        new GemmTimes(
            options -> {
              probed.incrementAndGet();
              return 1e11;
            });
    RuntimeOptions runtime = RuntimeOptions.reproducible();
    double small = times.of(work(stage, 1e12, 1), runtime).seconds();
    double large = times.of(work(stage, 3e12, 1), runtime).seconds();
    double padded = times.of(work(stage, 3e12, 0.5), runtime).seconds();
    assertThat(small).isGreaterThanOrEqualTo(10); // 1e12 operations at the full rate
    assertThat(large - small).isGreaterThanOrEqualTo(20);
    assertThat(large - padded).isCloseTo((large - small) * 0.75, within(1e-9));
    assertThat(probed).as("the machine is measured once").hasValue(1);
    assertThat(times.of(work(stage, 1e12, 1), runtime).from())
        .isEqualTo("FLOPs at this machine's 100 GFLOP/s (measured now)");
  }
}
