package albert.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.experiments.config.RunConfig;
import albert.experiments.training.finetuning.SmallTask;
import albert.model.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model has to have for a task's ids. */
final class EncodedTaskTest {

  @ParameterizedTest
  @ValueSource(strings = {"sst-2", "cola", "wordnet"})
  void singleTextsNeedOneTokenType(String task) {
    RunConfig config = SmallTask.config("task", task, "type_vocab_size", "1");
    assertThatNoException()
        .isThrownBy(() -> EncodedTask.checkVocabulary(config, SmallTask.VOCABULARY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mrpc", "ax", "qnli"})
  void pairsNeedTwo(String task) {
    RunConfig config = SmallTask.config("task", task, "type_vocab_size", "1");
    assertThatThrownBy(() -> EncodedTask.checkVocabulary(config, SmallTask.VOCABULARY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("type_vocab_size is 1, but the pairs of texts of task " + task);
  }

  @Test
  void everyTaskNeedsItsTokenizersWords() {
    RunConfig config = SmallTask.config("task", "sst-2");
    assertThatThrownBy(() -> EncodedTask.checkVocabulary(config, SmallTask.VOCABULARY + 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the tokenizer has 101 pieces");
  }
}
