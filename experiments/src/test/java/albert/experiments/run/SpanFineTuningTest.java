package albert.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.squad.SquadTask;
import albert.datasets.text.Tokenizer;
import albert.datasets.text.Tokenizers;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.TaskSource;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.OfficialScores;
import albert.experiments.task.ScoredFiles;
import albert.experiments.task.span.SpanKind;
import albert.model.io.HeadKind;
import albert.model.io.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings of tiny models that answer questions. */
final class SpanFineTuningTest {

  private static final TrainingListener NOBODY = (step, result, rate) -> {};

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "V1_1, bert, exact_match",
    "V1_1, albert, exact_match",
    "V2_0, bert, exact",
    "V2_0, albert, exact",
  })
  void learnsThirtyTwoQuestionsByHeart(SquadTask task, String head, String exact)
      throws IOException {
    RunConfig config = config(task, "span_head", head, "max_steps", "640");
    FineTuning.Result result = train(task, 32, 12, config);
    assertThat(result.scores().subList(0, 2))
        .containsExactly(
            Score.of(task.id(), "f1", "dev", 100, 32, "last"),
            Score.of(task.id(), exact, "dev", 100, 32, "last"));
    assertThat(ModelDirectory.read(directory().checkpoint()).head().kind())
        .isEqualTo(head.equals("bert") ? HeadKind.QUESTION_ANSWERING : HeadKind.CONDITIONAL_SPAN);
  }

  /** With texts of several windows, and answers that are far from right. */
  @ParameterizedTest
  @CsvSource({"V1_1, bert", "V1_1, albert", "V2_0, bert", "V2_0, albert"})
  void theOfficialScoresOfItsFilesAreTheRunsOwn(SquadTask task, String head) throws IOException {
    RunConfig config =
        config(task, "span_head", head, "max_steps", "60", "eval_steps", "20", "doc_stride", "8");
    FineTuning.Result result = train(task, 24, 30, config);
    for (String part : List.of("dev", "dev-best")) {
      String protocol = part.equals("dev") ? "last" : "best-on-dev of 3";
      Path files = directory().predictions().resolve(part);
      assertSame(result, official(task, files.resolve("predictions.json"), null), protocol);
      if (task.hasUnanswerable()) {
        OfficialScores best =
            official(
                task,
                files.resolve("predictions_unthresholded.json"),
                files.resolve("null_odds.json"));
        for (String name : List.of("best_f1", "best_f1_thresh", "best_exact")) {
          assertThat(score(result, name, protocol + ", threshold chosen on dev").value())
              .isEqualTo(best.scores().get(name));
        }
      }
      assertThat(files.resolve("nbest_predictions.json")).exists();
    }
  }

  private OfficialScores official(
      SquadTask task, Path predictions, @org.jspecify.annotations.Nullable Path odds) {
    return new SpanKind()
        .score(
            task,
            new ScoredFiles(
                directory().predictions().resolve("gold.json"),
                predictions,
                Optional.ofNullable(odds),
                warning -> {
                  throw new AssertionError(warning);
                }));
  }

  private static void assertSame(
      FineTuning.Result result, OfficialScores official, String protocol) {
    assertThat(official.n()).isEqualTo(24);
    official
        .scores()
        .forEach(
            (name, value) -> {
              if (!name.endsWith("total")) {
                assertThat(score(result, name, protocol).value()).as(name).isEqualTo(value);
              }
            });
  }

  private static Score score(FineTuning.Result result, String name, String protocol) {
    return result.scores().stream()
        .filter(score -> score.metric().equals(name) && score.protocol().equals(protocol))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aThresholdThatIsLowAnswersNothing() throws IOException {
    RunConfig config =
        config(SquadTask.V2_0, "max_steps", "2", "null_score_diff_threshold", "-1000");
    FineTuning.Result result = train(SquadTask.V2_0, 16, 12, config);
    assertThat(score(result, "exact", "last").value()).isEqualTo(25);
    assertThat(score(result, "NoAns_exact", "last").value()).isEqualTo(100);
    assertThat(result.notes()).containsExactly("the last weights answer no question of dev");
  }

  private FineTuning.Result train(SquadTask task, int questions, int words, RunConfig config)
      throws IOException {
    Path file = Tokenizers.bundledBertUncasedFile();
    try (Tokenizer tokenizer = Tokenizers.open(file)) {
      EncodedTask encoded =
          new TaskSource.OfKind<>(new SpanKind(), SmallQuestions.of(task, questions, words))
              .encode(config, tokenizer, file);
      return new FineTuning(config, new RunSeeds(1, 1), encoded, null, new StopSignal())
          .run(directory(), NOBODY, FineTuning.Afterwards.NOTHING);
    }
  }

  private static RunConfig config(SquadTask task, String... more) {
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                "task", task.id(),
                "vocab_size", "30522",
                "max_position_embeddings", "24",
                "max_seq_length", "24",
                "max_query_length", "8",
                "warmup_steps", "10",
                "hidden_dropout_prob", "0"));
    all.addAll(List.of(more));
    return SmallTask.config(all.toArray(String[]::new));
  }

  private RunDirectory directory() {
    return new RunDirectory(folder.resolve("run"));
  }
}
