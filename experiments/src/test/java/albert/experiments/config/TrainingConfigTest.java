package albert.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.model.config.ConfigException;
import albert.model.optim.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates of a training. */
final class TrainingConfigTest {

  @ParameterizedTest
  @CsvSource({"4e-4, 20", "2e-6, 0.1", "2e-5, 1", "0, 1"})
  void theHeadHasItsRate(String headRate, double factor) {
    UpdateRule rule =
        training(
                "learning_rate",
                "2e-5",
                "layerwise_lr_decay",
                "0.9",
                "head_learning_rate",
                headRate)
            .updateRule();
    assertThat(rule.headRateFactor()).isCloseTo(factor, within(1e-12));
    assertThat(rule.layerwiseLrDecay()).isEqualTo(0.9);
  }

  @Test
  void theHeadHasTheRateOfTheRestUnlessGiven() {
    assertThat(training("learning_rate", "3e-5").updateRule().headRateFactor()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "-1e-3, head_learning_rate is -0.001",
    "10.5, head_learning_rate is 10.5",
  })
  void refusesRatesOfTheHead(String headRate, String words) {
    assertThatThrownBy(() -> training("head_learning_rate", headRate))
        .isInstanceOf(ConfigException.class)
        .hasMessage(words + ", allowed are 0.0 to 10.0 in option --head-learning-rate");
  }

  @Test
  void refusesFactorsThatNoFloatHolds() {
    assertThatThrownBy(() -> training("learning_rate", "1e-40", "head_learning_rate", "1e-3"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "head_learning_rate is 0.001, allowed are 0 up to 1.0E9 times learning_rate"
                + " in option --head-learning-rate");
  }

  private static TrainingConfig training(String... keysAndValues) {
    List<Setting> settings = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      ConfigKey key = ConfigKeys.find(keysAndValues[i]).orElseThrow();
      settings.add(new Setting(key, key.parse(keysAndValues[i + 1]), "option " + key.option()));
    }
    return RunConfig.resolveTraining(Settings.of(settings));
  }
}
