package albert.experiments.task.intent;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.intent.IntentTask;
import albert.experiments.cli.Cli;
import albert.experiments.cli.TaskCommands;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intents and slots from their files to scores, through the commands. */
final class JointKindTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  private Path data;
  private Path run;
  private Path input;

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data");
    run = folder.resolve("run");
    input = folder.resolve("lines.jsonl");
    SmallIntents.writeJoint(data);
  }

  @Test
  void learnsByHeartAndScoresPredictsAndConverts() throws IOException {
    Path dev = data.resolve("intent/snips/dev");
    // the last sentence has an intent and a tag that train lacks: 23 of 24 can be right
    replaceLast(dev.resolve("label"), "music", "capacity");
    replaceLast(dev.resolve("seq.out"), "B-song", "B-plane");
    Cli trained = SmallIntents.finetune("snips", data, run, 160);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains(
            "1 sentences of dev can't be right, because train lacks their intents [capacity] or"
                + " tags [B-plane]");
    JsonNode summary = JSON.readTree(trained.out());
    assertThat(summary.path("scores").path("sentence_accuracy").asDouble()).isEqualTo(23.0 / 24);
    assertThat(summary.path("scores").path("intent_accuracy").asDouble()).isEqualTo(23.0 / 24);
    assertThat(summary.path("scores").path("slot_f1").asDouble()).isEqualTo(23.0 / 24);
    assertThat(summary.path("n").asInt()).isEqualTo(24);
    JsonNode ofTest = summary.path("protocols").get(3);
    assertThat(ofTest.path("protocol").asText()).contains("on test");
    IntentTask.SNIPS
        .metricIds()
        .forEach(name -> assertThat(ofTest.path("scores").path(name).asDouble()).isEqualTo(1));

    Cli scored = TaskCommands.score("snips", dev, run.resolve("predictions/dev.jsonl"));
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(JSON.readTree(scored.out()).path("scores")).isEqualTo(summary.path("scores"));
    predictsAndConverts();
  }

  private void predictsAndConverts() throws IOException {
    String lines =
        """
        {"id": 7, "label": "mine", "text": "Fly to  New Rome!"}
        {"words": ["play", "imagine"]}
        {"words": []}
        {"text": "[CLS] \\u0000 \\ud83d\\ude00 play hurt"}
        """;
    Cli predicted = TaskCommands.predict(run, input, lines);
    assertThat(predicted.status()).as(predicted.err()).isZero();
    List<String> all = predicted.out().lines().toList();
    assertThat(all).hasSize(4);
    JsonNode first = JSON.readTree(all.get(0));
    assertThat(first.path("label").asText()).isEqualTo("travel#book");
    assertThat(first.path("input_label").asText()).isEqualTo("mine");
    assertThat(first.path("probabilities").size()).isEqualTo(2);
    assertThat(first.path("tags").size()).isEqualTo(first.path("words").size()).isEqualTo(5);
    assertThat(first.path("slots").get(0).toString())
        .contains("\"type\":\"city\"", "\"text\":\"New Rome", "\"start\":8", "\"start_word\":2");
    assertThat(JSON.readTree(all.get(1)).path("slots").get(0).path("text").asText())
        .isEqualTo("imagine");
    assertThat(JSON.readTree(all.get(2)).path("tags").size()).isZero();
    // a line by itself, and among longer ones, with the same answers
    Cli alone = TaskCommands.predict(run, input, lines.lines().toList().get(1) + "\n");
    JsonNode one = JSON.readTree(alone.out());
    assertThat(one.path("tags")).isEqualTo(JSON.readTree(all.get(1)).path("tags"));
    assertThat(one.path("probabilities").path("music").asDouble())
        .isCloseTo(
            JSON.readTree(all.get(1)).path("probabilities").path("music").asDouble(),
            org.assertj.core.api.Assertions.within(1e-5));

    Path other = folder.resolve("other");
    Cli hf = TaskCommands.convert(run, "hf", other);
    assertThat(hf.status()).isEqualTo(2);
    assertThat(hf.err()).contains("a joint head", "which transformers does not have");
    Cli google = TaskCommands.convert(run, "tf-checkpoint", other);
    assertThat(google.status()).as(google.err()).isZero();
    Cli again = TaskCommands.predict(other, input, lines);
    assertThat(JSON.readTree(again.out().lines().findFirst().orElseThrow()).path("slots"))
        .isEqualTo(first.path("slots"));
  }

  private static void replaceLast(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    int at = text.lastIndexOf(from);
    Files.writeString(file, text.substring(0, at) + to + text.substring(at + from.length()));
  }

  @Test
  void aTestWithoutLabelsIsPredictedAndNotScored() throws IOException {
    Path test = data.resolve("intent/snips/test");
    Files.delete(test.resolve("seq.out"));
    Files.delete(test.resolve("label"));
    Cli trained = SmallIntents.finetune("snips", data, run, 1);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.out()).doesNotContain("on test");
    assertThat(Files.readAllLines(run.resolve("predictions/test.jsonl")))
        .hasSize(24)
        .allMatch(line -> line.contains("\"prediction\"") && !line.contains("label"));
  }

  @Test
  void linesAndFilesThatAreNoneAreRefused() throws IOException {
    Cli trained = SmallIntents.finetune("snips", data, run, 1);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(TaskCommands.predict(run, input, "{\"words\": [1]}\n").err())
        .contains("line 1: words is not a list of strings");
    assertThat(TaskCommands.predict(run, input, "{\"text\": \"a\"}\n\n").err())
        .contains("line 2: is empty, needed on every line is {\"words\"");
    assertThat(TaskCommands.predict(run, input, "", "--oos-threshold", "0.5").err())
        .contains("--oos-threshold is not for models with the head joint_classification");

    Path gold = data.resolve("intent/snips/dev");
    Files.writeString(input, "{\"label\": \"music\", \"tags\": [\"O\"]}\n".repeat(24));
    Cli tags = TaskCommands.score("snips", gold, input);
    assertThat(tags.status()).isEqualTo(2);
    assertThat(tags.err())
        .contains(input + ", line 1: it has 1 tags, sentence 0 of the gold folder has 4 words");
    Files.writeString(input, "{\"label\": \"music\", \"tags\": \"O\"}\n".repeat(24));
    assertThat(TaskCommands.score("snips", gold, input).err())
        .contains("line 1: tags is not a list of strings");
    Files.writeString(
        input, "{\"label\": \"music\", \"tags\": [\"O\", 1, \"O\", \"O\"]}\n".repeat(24));
    assertThat(TaskCommands.score("snips", gold, input).err())
        .contains("line 1: tags is not a list of strings");
    Files.writeString(
        input, "{\"label\": \"music\", \"tags\": [\"O\", \"x\", \"O\", \"O\"]}\n".repeat(24));
    assertThat(TaskCommands.score("snips", gold, input).err())
        .contains("line 1: tags has 'x', which is neither O nor of the form B-TYPE");
    Files.writeString(input, "{\"tags\": []}\n");
    assertThat(TaskCommands.score("snips", gold, input).err())
        .contains("it has 1 lines, " + gold + " has 24 sentences");
    assertThat(TaskCommands.score("snips", input, input).err()).contains("is no folder");
    assertThat(TaskCommands.score("snips", gold, folder.resolve("no")).err())
        .contains("--predictions " + folder.resolve("no") + " does not exist");
  }

  @Test
  void settingsThatCanNotBeAreRefused() {
    assertThat(
            SmallIntents.finetune(
                    "snips", data, run, 1, "--slot-loss-weight", "0", "--intent-loss-weight", "0")
                .err())
        .contains("are both 0, so that there is nothing to learn");
    assertThat(SmallIntents.finetune("snips", data, run, 1, "--slot-loss-weight", "-1").err())
        .contains("slot_loss_weight is -1.0, allowed are 0 and more");
    assertThat(SmallIntents.finetune("snips", data, run, 1, "--class-weights", "balanced").err())
        .contains("class_weights is balanced, but task snips has no classes to weigh");
  }

  @Test
  void aStudyIsPlannedRunAndReported() throws IOException {
    Path study =
        Files.writeString(
            folder.resolve("intents.yaml"),
            """
            study: intents
            question: Do slots help intents?
            base: {task: snips, preset: mini-albert, vocab_size: 30522, hidden_size: 32,
              embedding_size: 16, num_attention_heads: 2, num_hidden_layers: 2,
              max_seq_length: 12, batch_size: 8, max_steps: 4, threads: 1}
            vary: {slot_loss_weight: [0, 1]}
            baseline: {slot_loss_weight: 0}
            seeds: [1]
            """);
    String runs = folder.resolve("runs").toString();
    Cli planned =
        Cli.run("run", study.toString(), "--data", data.toString(), "--runs", runs, "--dry-run");
    assertThat(planned.status()).as(planned.err()).isZero();
    Cli ran = Cli.run("run", study.toString(), "--data", data.toString(), "--runs", runs);
    assertThat(ran.status()).as(ran.err()).isZero();
    Cli reported =
        Cli.run("report", runs + "/intents", "--output", folder.resolve("report").toString());
    assertThat(reported.status()).as(reported.err()).isZero();
    assertThat(Files.readString(folder.resolve("report/report.md")))
        .contains("majority guess", "bag of words (naive Bayes)", "sentence accuracy", "slot f1");
  }
}
