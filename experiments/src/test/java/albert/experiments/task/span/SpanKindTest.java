package albert.experiments.task.span;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.span.SpanAnswer;
import albert.datasets.span.SpanExample;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.model.config.ModelType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SpanKindTest {

  private static final SpanKind KIND = new SpanKind();

  /** A value of every key that is not its default. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "span_head", "bert",
          "doc_stride", "3",
          "max_query_length", "2",
          "max_answer_length", "7",
          "n_best_size", "3",
          "start_n_top", "2",
          "end_n_top", "2",
          "null_score_diff_threshold", "1.5");

  /** Runs that agree in the named keys share their sequences, so no other may change these. */
  @Test
  void exactlyTheNamedKeysDecideSequences() {
    Set<String> deciding = new TreeSet<>();
    for (ConfigKey key : ConfigKeys.of(ConfigKey.Section.TASK)) {
      Setting other = new Setting(key, key.parse(OTHERS.getOrDefault(key.name(), "")), "a test");
      if (!sequences(Settings.of(List.of(other))).equals(sequences(Settings.NONE))) {
        deciding.add(key.name());
      }
    }
    assertThat(deciding).isEqualTo(new TreeSet<>(KIND.keysOfSequences()));
  }

  private static List<String> sequences(Settings given) {
    SpanConfig keys = (SpanConfig) RunConfig.resolveKeys(KIND, ModelType.ALBERT, given);
    SpanExample question =
        new SpanExample(
            "q",
            "title",
            "who saw the cat ?",
            "the dog saw the cat in the garden of the king ".repeat(12).strip(),
            List.of(new SpanAnswer("the dog", 0)));
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      return KIND.encode(List.of(question), tokenizer, 80, keys).rows().stream()
          .map(row -> Arrays.toString(row.sequence().inputIds()))
          .toList();
    }
  }
}
