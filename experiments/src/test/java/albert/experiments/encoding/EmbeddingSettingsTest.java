package albert.experiments.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.checkpoint.TinyCheckpoint;
import albert.model.io.file.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a directory of sentence-transformers says, and what options say instead. */
final class EmbeddingSettingsTest {
  @TempDir private static Path folder;
  private static PretrainedModel model;

  @BeforeAll
  static void read() throws IOException {
    model = new PretrainedModels().get(TinyCheckpoint.write(folder.resolve("m"), 1).toString());
  }

  @BeforeEach
  void clean() throws IOException {
    for (String file :
        new String[] {"modules.json", "1_Pooling/config.json", "sentence_bert_config.json"}) {
      Files.deleteIfExists(folder.resolve("m").resolve(file));
    }
  }

  private static void write(String file, String json) throws IOException {
    Path path = folder.resolve("m").resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, json.replace('\'', '"'));
  }

  private static EmbeddingSettings auto() {
    return EmbeddingSettings.of(model, "auto", false, OptionalInt.empty());
  }

  @Test
  void withoutFilesItIsTheMeanOfAllPositions() {
    assertThat(auto()).isEqualTo(new EmbeddingSettings(Pooling.MEAN, false, 32));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'word_embedding_dimension': 16, 'pooling_mode_cls_token': true, 'pooling_mode_mean_tokens': false}|CLS",
        "{'pooling_mode_cls_token': false, 'pooling_mode_mean_tokens': true}|MEAN",
        "{'pooling_mode_mean_tokens': false}|MEAN",
        "{'embedding_dimension': 16, 'pooling_mode': 'cls', 'include_prompt': true}|CLS",
        "{'pooling_mode': ['mean']}|MEAN",
      },
      quoteCharacter = '`')
  void theDirectorySaysThePooling(String json, Pooling expected) throws IOException {
    write("1_Pooling/config.json", json);
    assertThat(auto().pooling()).isEqualTo(expected);
    assertThat(EmbeddingSettings.of(model, "mean", false, OptionalInt.empty()).pooling())
        .as("what is said wins")
        .isEqualTo(Pooling.MEAN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'pooling_mode_cls_token': true, 'pooling_mode_mean_tokens': true}|the pooling cls and mean",
        "{'pooling_mode_max_tokens': true}|the pooling max",
        "{'pooling_mode_lasttoken': true}|the pooling lasttoken",
        "{'pooling_mode': ['cls', 'max']}|the pooling cls and max",
      },
      quoteCharacter = '`')
  void otherPoolingsAreRefusedByName(String json, String words) throws IOException {
    write("1_Pooling/config.json", json);
    assertThatThrownBy(EmbeddingSettingsTest::auto)
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("--pool mean or cls takes another");
    assertThat(EmbeddingSettings.of(model, "cls", false, OptionalInt.empty()).pooling())
        .isEqualTo(Pooling.CLS);
  }

  @Test
  void modulesSayWhetherVectorsHaveLengthOne() throws IOException {
    String modules =
        "[{'idx': 0, 'type': 'sentence_transformers.models.Transformer'},"
            + " {'idx': 1, 'type': 'sentence_transformers.models.Pooling'}, {'type': 'a.b.LAST'}]";
    write("modules.json", modules.replace("LAST", "Normalize"));
    assertThat(auto().normalised()).isTrue();
    assertThat(EmbeddingSettings.of(model, "mean", false, OptionalInt.empty()).normalised())
        .isFalse();
    write("modules.json", modules.replace("LAST", "Dense"));
    assertThatThrownBy(EmbeddingSettingsTest::auto).hasMessageContaining("the module Dense");
    write("modules.json", "[{]");
    assertThatThrownBy(EmbeddingSettingsTest::auto)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("modules.json, line 1");
  }

  @Test
  void theLengthIsTheDirectorysUnlessItIsSaid() throws IOException {
    write("sentence_bert_config.json", "{'max_seq_length': 20, 'do_lower_case': true}");
    assertThat(auto().maxSeqLength()).isEqualTo(20);
    assertThat(EmbeddingSettings.of(model, "cls", false, OptionalInt.of(30)).maxSeqLength())
        .isEqualTo(30);
    write("sentence_bert_config.json", "{'max_seq_length': 512}");
    assertThat(auto().maxSeqLength()).as("the positions").isEqualTo(32);
    write("sentence_bert_config.json", "{'max_seq_length': 2}");
    assertThatThrownBy(EmbeddingSettingsTest::auto)
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("max_seq_length is 2, allowed are 3 and more");
    write("sentence_bert_config.json", "{}");
    assertThatThrownBy(() -> EmbeddingSettings.of(model, "cls", false, OptionalInt.of(33)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--max-seq-length is 33, allowed are 3 to the model's 32 positions");
  }

  @Test
  void anUnknownPoolingIsRefused() {
    assertThatThrownBy(() -> EmbeddingSettings.of(model, "means", false, OptionalInt.empty()))
        .isInstanceOf(InputException.class)
        .hasMessage("--pool is 'means' (did you mean 'mean'?), allowed are mean, cls, auto");
  }
}
