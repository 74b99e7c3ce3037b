package albert.experiments.task.span;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.span.SpanAnswer;
import albert.datasets.span.SpanExample;
import albert.datasets.span.SquadTask;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.Score;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.KeyFlips;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.model.config.ModelType;
import albert.reports.summary.StudyDescription.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    for (ConfigKey key : KeyFlips.keysOf(KIND)) {
      Setting other = new Setting(key, key.parse(OTHERS.getOrDefault(key.name(), "")), "a test");
      if (!sequences(Settings.of(List.of(other))).equals(sequences(Settings.NONE))) {
        deciding.add(key.name());
      }
    }
    assertThat(deciding).isEqualTo(new TreeSet<>(KIND.keysOfSequences()));
  }

  /** The sentence is right for the first question; that the second has no answer is never seen. */
  @Test
  void referencesHaveTheScoresOfAModel() {
    List<SpanExample> dev =
        List.of(
            question("q1", "where is the cat?", List.of(new SpanAnswer("The cat sleeps.", 0))),
            question("q2", "where is the dog?", List.of()));
    List<Reference> references = KIND.references(data(SquadTask.V2_0, dev));
    assertThat(references)
        .extracting(Reference::name)
        .containsExactly("best-overlapping sentence", "no answer");
    assertThat(values(references.get(0)))
        .isEqualTo(
            Map.of(
                "f1", 50.0,
                "exact", 50.0,
                "HasAns_exact", 100.0,
                "HasAns_f1", 100.0,
                "NoAns_exact", 0.0,
                "NoAns_f1", 0.0));
    assertThat(values(references.get(1)))
        .isEqualTo(
            Map.of(
                "f1", 50.0,
                "exact", 50.0,
                "HasAns_exact", 0.0,
                "HasAns_f1", 0.0,
                "NoAns_exact", 100.0,
                "NoAns_f1", 100.0));
    List<Reference> answered = KIND.references(data(SquadTask.V1_1, dev.subList(0, 1)));
    assertThat(answered).hasSize(1);
    assertThat(values(answered.get(0))).isEqualTo(Map.of("f1", 100.0, "exact_match", 100.0));
  }

  private static SpanExample question(String id, String question, List<SpanAnswer> answers) {
    return new SpanExample(id, "title", question, "The cat sleeps. A dog barks.", answers);
  }

  private static TaskData<SpanExample> data(SquadTask task, List<SpanExample> dev) {
    return TaskData.of(task, Map.of(SplitName.DEV, dev), List.of(), "a test");
  }

  private static Map<String, Double> values(Reference reference) {
    return reference.scores().stream()
        .collect(Collectors.toMap(Score::metric, score -> Objects.requireNonNull(score.value())));
  }

  private static List<String> sequences(Settings given) {
    SpanConfig keys = (SpanConfig) RunConfig.resolveKeys(KIND, ModelType.ALBERT, "", given);
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
