package albert.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.pretrained.PretrainedModel;
import albert.experiments.task.NoKeys;
import albert.experiments.task.text.TextKind;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.io.LoadedModel;
import albert.model.runtime.Device;
import albert.model.runtime.Precision;
import albert.model.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given wins, then what the model was trained with. */
final class PredictionSettingsTest {

  private static final int POSITIONS = 64;

  @TempDir private Path folder;

  @Test
  void withoutATrainingAllPositionsAreRead() {
    assertThat(of(Settings.NONE))
        .isEqualTo(new PredictionSettings(NoKeys.NONE, POSITIONS, RuntimeOptions.AUTO));
    assertThat(of(given("max_seq_length", "9")).maxSeqLength()).isEqualTo(9);
  }

  @Test
  void aTrainingDecidesWhatNobodyGives() throws IOException {
    trained("cpu");
    RuntimeOptions cpu = new RuntimeOptions(1, Device.CPU, Precision.FLOAT32);
    assertThat(of(Settings.NONE)).isEqualTo(new PredictionSettings(NoKeys.NONE, 12, cpu));
    assertThat(of(given("max_seq_length", "20", "precision", "bfloat16", "threads", "2")))
        .isEqualTo(
            new PredictionSettings(
                NoKeys.NONE, 20, new RuntimeOptions(2, Device.CPU, Precision.BFLOAT16)));
  }

  /** Another machine may have none. */
  @Test
  void theGpuOfATrainingIsNotAskedFor() throws IOException {
    trained("gpu");
    assertThat(of(Settings.NONE).runtime().device()).isEqualTo(Device.AUTO);
  }

  /** In predict, and where a compression is scored. */
  @Test
  void specialTokensInTextsAreTakenAsInTheTraining() throws IOException {
    assertThat(RunTokenizer.asTrained(model(), Settings.NONE).specialInText()).isFalse();
    Files.writeString(
        folder.resolve(TrainedSettings.FILE), "{\"task\": \"mrpc\", \"special_in_text\": true}");
    assertThat(RunTokenizer.asTrained(model(), Settings.NONE).specialInText()).isTrue();
    assertThat(RunTokenizer.asTrained(model(), given("special_in_text", "false")).specialInText())
        .isFalse();
    Settings scored = DevScorer.asTrained(model(), given("task", "mrpc"));
    assertThat(RunConfig.resolveTraining(scored).specialInText()).isTrue();
  }

  @Test
  void whatDoesNotFitSaysWhereItWasSet() throws IOException {
    assertThatThrownBy(() -> of(given("max_seq_length", "65")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "max_seq_length is 65, allowed are 1 to max_position_embeddings 64 in option"
                + " --max_seq_length");
    Files.writeString(folder.resolve(TrainedSettings.FILE), "{\"max_seq_length\": 65}");
    assertThatThrownBy(() -> of(Settings.NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("in run_config.json");
  }

  private PredictionSettings of(Settings given) {
    return PredictionSettings.of(new TextKind(), model(), given);
  }

  private void trained(String device) throws IOException {
    Files.writeString(
        folder.resolve(TrainedSettings.FILE),
        """
        {"task": "mrpc", "max_seq_length": 12, "precision": "float32", "threads": 1,
         "batch_size": 4, "hidden_size": 8, "device": "DEVICE"}
        """
            .replace("DEVICE", device));
  }

  private static Settings given(String... keysAndValues) {
    List<Setting> settings = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      ConfigKey key = ConfigKeys.find(keysAndValues[i]).orElseThrow();
      settings.add(
          new Setting(key, key.parse(keysAndValues[i + 1]), "option --" + keysAndValues[i]));
    }
    return Settings.of(settings);
  }

  private PretrainedModel model() {
    EncoderConfig config =
        EncoderConfig.builder()
            .vocabSize(50)
            .embeddingSize(8)
            .hiddenSize(8)
            .numHiddenLayers(1)
            .numAttentionHeads(2)
            .intermediateSize(16)
            .maxPositionEmbeddings(POSITIONS)
            .build();
    return new PretrainedModel(
        folder.toString(),
        new LoadedModel(
            config, HeadDescription.of(HeadKind.REGRESSION), new TreeMap<>(), null, List.of()),
        DataFingerprint.of("weights", "0".repeat(64), Map.of(), "drawn"),
        Optional.empty(),
        false);
  }
}
