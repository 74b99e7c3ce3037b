package albert.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The keys of a pretraining. */
final class PretrainingKeysTest {

  @Test
  void everyKeyHasItsLineOfHelpAndEveryLineItsKey() {
    List<String> own =
        PretrainingKeys.all().stream()
            .filter(key -> key.section() == ConfigKey.Section.TRAINING)
            .map(ConfigKey::name)
            .toList();
    assertThat(ConfigKeys.help("pretraining-keys.properties").keySet())
        .containsExactlyInAnyOrderElementsOf(own);
    assertThat(PretrainingKeys.all()).noneMatch(key -> key.help().isBlank());
    assertThat(PretrainingKeys.all().stream().map(ConfigKey::name)).doesNotHaveDuplicates();
  }

  @Test
  void theDefaultsAreAllowedAndValuesGiveThemBack() {
    assertThat(PretrainingKeys.training(Settings.NONE)).isEqualTo(PretrainingConfig.DEFAULT);
    List<Setting> settings = new ArrayList<>();
    PretrainingKeys.values(PretrainingConfig.DEFAULT)
        .forEach(
            (name, value) ->
                settings.add(new Setting(PretrainingKeys.find(name).orElseThrow(), value, "here")));
    assertThat(PretrainingKeys.training(Settings.of(settings)))
        .isEqualTo(PretrainingConfig.DEFAULT);
  }
}
