package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.Stage;
import albert.experiments.config.Checkpoints;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.model.config.EncoderPreset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a newcomer is told of a stage. */
final class StageReasonsTest {

  private static final Checkpoints CHECKPOINTS = model -> EncoderPreset.MINI_BERT.config();

  private static String reason(Stage stage, String... settings) {
    List<Setting> all = new ArrayList<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      ConfigKey key = ConfigKeys.find(parts[0]).orElseThrow();
      all.add(new Setting(key, key.parse(parts[1]), "the test"));
    }
    return new StageReasons(CHECKPOINTS)
        .of(stage, RunConfig.resolve(Settings.of(all), CHECKPOINTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sharing=all | all-MiniLM-L6-v2 made smaller: 4 layers into 1 set of weights",
        "sharing=all groups=2 | all-MiniLM-L6-v2 made smaller: 4 layers into 2 sets of weights",
        "sharing=attention | all-MiniLM-L6-v2 made smaller: attention of 4 layers into 1 set of weights",
        "sharing=ffn embedding_size=64 | all-MiniLM-L6-v2 made smaller: word embeddings from 256 to 64"
            + " numbers, feed-forward networks of 4 layers into 1 set of weights",
      })
  void aCompressionSaysWhatBecomesSmaller(String settings, String words) {
    String[] given = ("task=wordnet model=maven:all-MiniLM-L6-v2 " + settings).split(" ", -1);
    assertThat(reason(Stage.COMPRESSION, given)).isEqualTo(words);
    assertThat(reason(Stage.DISTILLATION, given)).contains("what all-MiniLM-L6-v2 does");
  }

  @Test
  void afterAPretrainingThatIsWhatIsCompressed() {
    String[] given = {
      "task=mrpc",
      "preset=mini-bert",
      "pretrain_corpus=wordnet",
      "pretrain_sharing=none",
      "sharing=all"
    };
    assertThat(reason(Stage.COMPRESSION, given))
        .isEqualTo("the pretrained encoder made smaller: 4 layers into 1 set of weights");
    assertThat(reason(Stage.TRAINING, given)).contains("the task mrpc");
  }

  @Test
  void everyStageHasOneOfItsOwn() {
    List<String> reasons =
        Arrays.stream(Stage.values())
            .map(stage -> reason(stage, "task=wordnet", "model=models/mine/", "sharing=all"))
            .toList();
    assertThat(reasons).doesNotHaveDuplicates().allMatch(words -> words.length() > 30);
    assertThat(reasons).anyMatch(words -> words.startsWith("mine made smaller"));
  }
}
