package albert.experiments.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.InputException;
import albert.model.config.ConfigException;
import albert.model.config.ParameterCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints by name. */
final class PretrainedModelsTest {

  @TempDir private Path folder;

  @Test
  void theModelThatArrivesByMavenIsWholeAndHasItsTokenizer() {
    PretrainedModel model = new PretrainedModels().get(PretrainedModels.MINILM);
    assertThat(ParameterCount.of(model.model().config()).total()).isEqualTo(22_713_216);
    assertThat(model.model().hasPooler()).isTrue();
    assertThat(model.fingerprints())
        .extracting(DataFingerprint::name)
        .containsExactly("weights", "tokenizer");
    try (Tokenizer tokenizer = Tokenizers.open(model.requireTokenizer())) {
      assertThat(tokenizer.vocabSize()).isEqualTo(model.model().config().vocabSize());
    }
  }

  @Test
  void weightsHaveOneIdentityWhereverTheyLieAndOtherWeightsAnother() throws IOException {
    PretrainedModels models = new PretrainedModels();
    PretrainedModel here = models.get(TinyCheckpoint.write(folder.resolve("here"), 1).toString());
    PretrainedModel there = models.get(TinyCheckpoint.write(folder.resolve("there"), 1).toString());
    PretrainedModel other = models.get(TinyCheckpoint.write(folder.resolve("other"), 2).toString());
    assertThat(there.weights().sha256()).isEqualTo(here.weights().sha256());
    assertThat(other.weights().sha256()).isNotEqualTo(here.weights().sha256());
    assertThat(models.get(here.name())).as("read once").isSameAs(here);
  }

  @Test
  void whatIsNoCheckpointIsRefused() throws IOException {
    PretrainedModels models = new PretrainedModels();
    assertThatThrownBy(() -> models.get("maven:bert"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(PretrainedModels.MINILM);
    assertThatThrownBy(() -> models.get(folder.resolve("none").toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("there is no such directory");
    Path bare = TinyCheckpoint.write(folder.resolve("bare"), 1);
    Files.delete(bare.resolve("tokenizer.json"));
    assertThatThrownBy(() -> models.get(bare.toString()).requireTokenizer())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no tokenizer");
  }
}
