package albert.model.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.ConfigException;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  private static final double EXACT = 1e-15;

  @Test
  void warmsUpAndDecaysAsPublished() {
    LearningRateSchedule schedule = LearningRateSchedule.linear(0.01, 2, 6);
    double[] expected = {0, 0.005, 0.01 * 4 / 6, 0.01 * 3 / 6, 0.01 * 2 / 6, 0.01 / 6, 0, 0};
    for (int step = 0; step < expected.length; step++) {
      assertThat(schedule.at(step)).as("step %d", step).isCloseTo(expected[step], within(EXACT));
    }
  }

  @Test
  void withoutWarmUpStartsAtThePeak() {
    assertThat(LearningRateSchedule.linear(0.5, 0, 10).at(0)).isEqualTo(0.5);
  }

  @Test
  void decaysByAPowerToAnEnd() {
    LearningRateSchedule schedule = new LearningRateSchedule(1, 0, 4, 2, 0.2);
    assertThat(schedule.at(2)).isCloseTo(0.8 * 0.25 + 0.2, within(EXACT));
    assertThat(schedule.at(9)).isCloseTo(0.2, within(EXACT));
  }

  @Test
  void badNumbersNameTheKey() {
    assertThatThrownBy(() -> LearningRateSchedule.linear(0, 0, 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("learning_rate is 0.0");
    assertThatThrownBy(() -> LearningRateSchedule.linear(1, 5, 4))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("warm-up is 5 of 4");
    assertThatThrownBy(() -> LearningRateSchedule.linear(Double.NaN, 0, 4))
        .isInstanceOf(ConfigException.class);
  }

  /** The numbers of the Javadoc and of docs/finetuning.md. */
  @Test
  void aWarmUpNeverReachesThePeak() {
    LearningRateSchedule mrpc = LearningRateSchedule.linear(2e-5, 200, 800);
    assertThat(mrpc.at(199)).isCloseTo(1.99e-5, within(1e-12));
    assertThat(mrpc.at(200)).isCloseTo(1.5e-5, within(1e-12));
    assertThat(mrpc.at(799)).isCloseTo(2.5e-8, within(1e-12));
    for (int step = 0; step < 800; step++) {
      assertThat(mrpc.at(step)).isLessThanOrEqualTo(mrpc.at(199));
    }
  }
}
