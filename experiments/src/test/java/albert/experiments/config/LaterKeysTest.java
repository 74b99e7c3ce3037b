package albert.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What came after runs had been recorded leaves their ids alone, and acts where it is set. */
final class LaterKeysTest {

  private static final Set<String> KEYS =
      Set.of(
          "special_in_text",
          "classifier_pooling",
          "layer_delta_rank",
          "oos_train",
          "head_learning_rate");

  @Test
  void aRunWithTheDefaultsIsWhatItWas() {
    for (String task : new String[] {"wordnet", "clinc150"}) {
      assertThat(resolved(Map.of("task", task)).identity().keySet())
          .contains("embedding_size", "learning_rate")
          .doesNotContainAnyElementsOf(KEYS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "special_in_text, true",
    "classifier_pooling, mean",
    "layer_delta_rank, 3",
    "oos_train, true",
    "head_learning_rate, 1e-3"
  })
  void aRunWithAnotherValueIsAnother(String key, String value) {
    Map<String, String> other = Map.of("task", "clinc150", key, value);
    assertThat(resolved(other).identity()).containsKey(key);
  }

  private static RunConfig resolved(Map<String, String> values) {
    Map<String, Object> recorded = new HashMap<>(values);
    recorded.put("preset", "mini-albert");
    return RunConfig.resolve(RecordedConfig.settings(recorded));
  }
}
