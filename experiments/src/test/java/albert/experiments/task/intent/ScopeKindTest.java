package albert.experiments.task.intent;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.intent.ClincTask;
import albert.datasets.intent.IntentTask;
import albert.datasets.task.Task;
import albert.evaluation.record.Score;
import albert.experiments.cli.Cli;
import albert.experiments.cli.TaskCommands;
import albert.reports.summary.StudyDescription.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intents with a scope from their file to scores, through the commands. */
final class ScopeKindTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  private Path data;
  private Path gold;
  private Path run;
  private Path input;

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data");
    run = folder.resolve("run");
    input = folder.resolve("lines.jsonl");
    gold = SmallIntents.writeClinc(data);
  }

  @Test
  void theThresholdOfDevIsKeptAndReportedOnTest() throws IOException {
    Cli trained = SmallIntents.finetune("clinc150", data, run, 60, "--eval-steps", "20");
    assertThat(trained.status()).as(trained.err()).isZero();
    JsonNode summary = JSON.readTree(trained.out());
    assertThat(summary.path("protocol").asText()).isEqualTo("last, threshold chosen on dev");
    assertThat(summary.path("n").asInt()).isEqualTo(36);
    assertThat(summary.path("scores").path("accuracy").asDouble()).isGreaterThan(0.8);
    JsonNode protocols = summary.path("protocols");
    JsonNode ofTest = protocols.get(protocols.size() - 1);
    assertThat(ofTest.path("protocol").asText())
        .isEqualTo("best-on-dev of 3, threshold chosen on dev, on test");
    assertThat(protocols.toString()).contains("threshold chosen on the other half");

    double last = threshold(run.resolve("checkpoint"));
    double best = threshold(run.resolve("checkpoint-best"));
    assertThat(last).isBetween(0.5, 1.0);
    assertThat(threshold(run)).isEqualTo(0);

    Path predictions = run.resolve("predictions");
    scores(predictions.resolve("dev.jsonl"), summary.path("scores"));
    Path twice = folder.resolve("longer.jsonl");
    Files.writeString(twice, Files.readString(predictions.resolve("dev.jsonl")).repeat(2));
    assertThat(TaskCommands.score("clinc150", gold, twice).err())
        .contains("it has 72 lines, " + gold + " has 36 queries of test and 36 of dev");
    predicts(last, best);
  }

  /** The files of the run, scored by the command, have the figures of its record. */
  private void scores(Path predictions, JsonNode expected) throws IOException {
    Cli scored = TaskCommands.score("clinc150", gold, predictions);
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(JSON.readTree(scored.out()).path("scores")).isEqualTo(expected);
  }

  private void predicts(double last, double best) throws IOException {
    String lines =
        "{\"text\": \"fly to rome\"}\n{\"text\": \"why are 3 onions round\", \"id\": 1}\n";
    Cli predicted = TaskCommands.predict(run, input, lines);
    assertThat(predicted.status()).as(predicted.err()).isZero();
    for (String line : predicted.out().lines().toList()) {
      JsonNode said = JSON.readTree(line);
      assertThat(said.path("oos_threshold").asDouble()).isEqualTo(last);
      double travel = said.path("probabilities").path("travel").asDouble();
      double music = said.path("probabilities").path("music").asDouble();
      assertThat(said.path("label").asText())
          .isEqualTo(Math.max(travel, music) < last ? "oos" : travel > music ? "travel" : "music");
    }
    Cli ofBest = TaskCommands.predict(run.resolve("checkpoint-best"), input, lines);
    JsonNode first = JSON.readTree(ofBest.out().lines().findFirst().orElseThrow());
    assertThat(first.path("oos_threshold").asDouble()).isEqualTo(best);
    assertThat(TaskCommands.predict(run, input, lines, "--oos-threshold", "1").out())
        .contains("\"oos\"");
    assertThat(TaskCommands.predict(run, input, lines, "--oos-threshold", "0").out())
        .doesNotContain("\"oos\"");
    assertThat(TaskCommands.predict(run, input, lines, "--oos-threshold", "1.5").err())
        .contains("oos_threshold is 1.5, allowed are 0.0 to 1.0");
    Cli pair = TaskCommands.predict(run, input, "{\"text\": \"a\", \"pair\": \"b\"}\n");
    assertThat(pair.status()).isEqualTo(2);
    assertThat(pair.err())
        .contains("line 1: there is a pair, but the model was trained for clinc150");
  }

  /** Of the configuration beside weights; of a run's folder, that of its record. */
  private static double threshold(Path model) throws IOException {
    return Files.exists(model.resolve("run_config.json"))
        ? JSON.readTree(model.resolve("run_config.json").toFile()).path("oos_threshold").asDouble()
        : JSON.readTree(model.resolve("run.json").toFile())
            .path("config")
            .path("oos_threshold")
            .asDouble();
  }

  @Test
  void aThresholdThatIsGivenIsNotChosen() throws IOException {
    Cli trained = SmallIntents.finetune("clinc150", data, run, 2, "--oos-threshold", "0.75");
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.out()).doesNotContain("threshold chosen");
    assertThat(threshold(run.resolve("checkpoint"))).isEqualTo(0.75);
  }

  /** As one more intent, which is predicted as it is. */
  @Test
  void outOfScopeMayBeLearnt() throws IOException {
    Cli trained = SmallIntents.finetune("clinc150", data, run, 100, "--oos-train");
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.out()).doesNotContain("threshold chosen");
    JsonNode summary = JSON.readTree(trained.out());
    assertThat(summary.path("n").asInt()).isEqualTo(36);
    for (String name : new ClincTask().metricIds()) {
      assertThat(summary.path("scores").path(name).asDouble()).as(name).isGreaterThan(0.8);
    }
    scores(run.resolve("predictions/dev.jsonl"), summary.path("scores"));
    String lines = "{\"text\": \"fly to rome\"}\n{\"text\": \"why are 3 onions round\"}\n";
    List<String> predicted = TaskCommands.predict(run, input, lines).out().lines().toList();
    JsonNode inScope = JSON.readTree(predicted.get(0));
    assertThat(inScope.path("label").asText()).isEqualTo("travel");
    assertThat(inScope.path("probabilities")).hasSize(3);
    assertThat(inScope.path("oos_threshold").asDouble()).isZero();
    JsonNode outOfScope = JSON.readTree(predicted.get(1));
    assertThat(outOfScope.path("label").asText()).isEqualTo("oos");
    assertThat(outOfScope.path("probabilities").path("oos").asDouble())
        .isGreaterThan(inScope.path("probabilities").path("oos").asDouble());
  }

  /** An own probability of being out of scope counts, in a list and by its name. */
  @Test
  void predictionsMayHaveAProbabilityOfTheirOwn() throws IOException {
    String inScope = "{\"label\": \"oos\", \"probabilities\": [0.5, 0.4, 0.1]}\n";
    String outOfScope =
        "{\"label\": \"oos\", \"probabilities\": {\"oos\": 0.2, \"music\": 0.7, \"travel\": 0.1}}\n";
    Files.writeString(input, inScope.repeat(24) + outOfScope.repeat(12));
    assertThat(TaskCommands.score("clinc150", gold, input).out())
        .contains("\"oos_recall\" : 1.0", "\"oos_auroc\" : 1.0");
    Files.writeString(input, inScope.replace("0.1]", "0.3]").repeat(24) + outOfScope.repeat(12));
    assertThat(TaskCommands.score("clinc150", gold, input).out())
        .contains("\"oos_recall\" : 1.0", "\"oos_auroc\" : 0.0");
  }

  @Test
  void predictionsThatAreNoneAreRefused() throws IOException {
    Files.writeString(input, "{\"label\": \"swim\"}\n".repeat(36));
    assertThat(TaskCommands.score("clinc150", gold, input).err())
        .contains("line 1: it says 'swim', allowed are the intents of train and oos");
    Files.writeString(input, "{\"label\": \"oos\", \"probabilities\": [\"1\"]}\n".repeat(36));
    assertThat(TaskCommands.score("clinc150", gold, input).err())
        .contains("probabilities has a value that is no number");
    Files.writeString(input, "{\"label\": \"oos\"}\n".repeat(36));
    Cli scored = TaskCommands.score("clinc150", gold, input);
    assertThat(scored.status()).isZero();
    assertThat(JSON.readTree(scored.out()).path("scores").toString())
        .isEqualTo("{\"accuracy\":0.0,\"oos_recall\":1.0,\"oos_auroc\":null}");
  }

  /** The references of every task have each of its scores; ours on the small data. */
  @Test
  void referencesHaveEveryScore() throws IOException {
    SmallIntents.writeJoint(data);
    for (ClincTask task : List.of(new ClincTask(), new ClincTask(true))) {
      check(task, new ScopeKind().references(task.read(data)), 36);
    }
    check(IntentTask.SNIPS, new JointKind().references(IntentTask.SNIPS.read(data)), 24);
  }

  private static void check(Task<?> task, List<Reference> references, int n) {
    assertThat(references)
        .extracting(Reference::name)
        .containsExactly("majority guess", "bag of words (naive Bayes)");
    for (Reference reference : references) {
      assertThat(reference.scores())
          .extracting(Score::metric)
          .containsExactlyElementsOf(task.metricIds());
      assertThat(reference.scores())
          .allMatch(score -> score.n() == n && score.value() != null)
          .allMatch(score -> score.protocol().startsWith("no training steps"));
    }
    assertThat(references.get(1).scores().get(0).value()).isEqualTo(1);
  }
}
