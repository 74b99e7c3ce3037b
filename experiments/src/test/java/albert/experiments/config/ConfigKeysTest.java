package albert.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.experiments.task.TaskKinds;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.config.EncoderPreset;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The registry of keys. */
final class ConfigKeysTest {

  @Test
  void everyKeyHasItsLineOfHelpAndEveryLineItsKey() throws IOException {
    Properties lines = new Properties();
    List<Class<?>> owners = new ArrayList<>(List.of(ConfigKeys.class));
    TaskKinds.all().stream()
        .map(TaskKind::keysType)
        .filter(keys -> keys.getRecordComponents().length > 0)
        .forEach(owners::add);
    for (Class<?> owner : owners) {
      try (var in = Objects.requireNonNull(owner.getResourceAsStream("keys.properties"))) {
        lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
    }
    assertThat(lines.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(ConfigKeys.names());
    assertThat(ConfigKeys.all()).noneMatch(key -> key.help().isBlank());
  }

  @Test
  void everyComponentIsAKeyInSnakeCase() {
    assertThat(ConfigKeys.of(ConfigKey.Section.ARCHITECTURE))
        .hasSize(EncoderConfig.class.getRecordComponents().length);
    assertThat(ConfigKeys.names())
        .contains("embedding_size", "attention_probs_dropout_prob", "max_seq_length", "task");
    assertThat(ConfigKeys.find("embedding_size").orElseThrow().option())
        .isEqualTo("--embedding-size");
  }

  @ParameterizedTest
  @EnumSource(EncoderPreset.class)
  void valuesOfAnArchitectureGiveItBack(EncoderPreset preset) {
    List<Setting> settings =
        ConfigKeys.values(preset.config()).entrySet().stream()
            .map(e -> new Setting(ConfigKeys.find(e.getKey()).orElseThrow(), e.getValue(), "here"))
            .toList();
    assertThat(RunConfig.resolveEncoder(Settings.of(settings))).isEqualTo(preset.config());
  }

  @ParameterizedTest
  @CsvSource({
    "embedding_size, 128, 128",
    "learning_rate, 5e-5, 5.0E-5",
    "learning_rate, 1, 1.0",
    "ffn_output_dropout, false, false",
    "hidden_act, gelu_new, gelu_new",
    "preset, mini-bert, mini-bert"
  })
  void readsValues(String key, String text, String value) {
    assertThat(ConfigKeys.find(key).orElseThrow().parse(text)).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource({
    "embedding_size, 7.5",
    "embedding_size, 1e3",
    "embedding_size, 0x10",
    "embedding_size, 010",
    "embedding_size, 99999999999",
    "embedding_size, 99999999999999999999",
    "learning_rate, .nan",
    "learning_rate, NaN",
    "learning_rate, 1e999",
    "learning_rate, 5e-5f",
    "ffn_output_dropout, yes",
    "sharing, al",
    "task, ' '"
  })
  void refusesValuesOfAnotherType(String key, String text) {
    assertThatThrownBy(() -> ConfigKeys.find(key).orElseThrow().parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + " is ")
        .extracting(e -> ((ConfigException) e).key())
        .isEqualTo(key);
  }

  @Test
  void intermediateSizeFollowsHiddenSizeUnlessGiven() {
    assertThat(encoder("preset", "albert-base", "hidden_size", "1200").intermediateSize())
        .isEqualTo(4800);
    assertThat(
            encoder("preset", "albert-base", "hidden_size", "1200", "intermediate_size", "64")
                .intermediateSize())
        .isEqualTo(64);
    assertThat(encoder("preset", "albert-base").intermediateSize()).isEqualTo(3072);
  }

  @Test
  void embeddingSizeOfABertFollowsItsHiddenSizeUnlessGiven() {
    assertThat(encoder("preset", "bert-base", "hidden_size", "1200").embeddingSize())
        .isEqualTo(1200);
    assertThat(
            encoder("preset", "bert-base", "hidden_size", "1200", "embedding_size", "64")
                .embeddingSize())
        .isEqualTo(64);
    assertThat(encoder("preset", "albert-base", "hidden_size", "1200").embeddingSize())
        .isEqualTo(128);
  }

  @Test
  void namesThePlaceOfTheOtherKeyThatAMessageNames() {
    assertThatThrownBy(() -> encoder("num_attention_heads", "7"))
        .hasMessage(
            "hidden_size 768 is not a multiple of num_attention_heads 7"
                + " in option --num-attention-heads");
  }

  private static EncoderConfig encoder(String... keysAndValues) {
    List<Setting> settings = new java.util.ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      ConfigKey key = ConfigKeys.find(keysAndValues[i]).orElseThrow();
      settings.add(new Setting(key, key.parse(keysAndValues[i + 1]), "option " + key.option()));
    }
    return RunConfig.resolveEncoder(Settings.of(settings));
  }
}
