package albert.experiments.task.entity;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.entity.EntityTask;
import albert.experiments.cli.Cli;
import albert.experiments.cli.TaskCommands;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Entities from their files to scores, through the commands. */
final class EntityKindTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> PLACES = List.of("paris", "london", "rome", "berlin");
  private static final List<String> NAMES = List.of("anna", "peter", "maria", "john");

  @TempDir private Path folder;

  /** Twenty-four sentences, some of them longer than a sequence. */
  private void writeData() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 24; i++) {
      String place = PLACES.get(i % 4);
      String name = NAMES.get((i / 4 + i) % 4);
      for (int word = 0; word < i % 5 * 4; word++) {
        text.append("today O\n");
      }
      text.append(name).append(" B-PER\nsmith I-PER\nlives O\nin O\nnew B-LOC\n");
      text.append(place).append(" I-LOC\n\n");
    }
    Path ner = Files.createDirectories(folder.resolve("data/ner/conll-2003"));
    for (String part : List.of("train.txt", "valid.txt", "test.txt")) {
      Files.writeString(ner.resolve(part), text);
    }
  }

  private Cli finetune(Path output, int steps) {
    return TaskCommands.finetune("conll-2003", folder.resolve("data"), output, 16, steps);
  }

  @Test
  void learnsByHeartAndScoresPredictsAndConverts() throws IOException {
    writeData();
    Path run = folder.resolve("run");
    Cli trained = finetune(run, 300);
    assertThat(trained.status()).as(trained.err()).isZero();
    JsonNode summary = JSON.readTree(trained.out());
    List<String> names = new ArrayList<>(EntityTask.CONLL_2003.metricIds());
    names.addAll(List.of("f1_LOC", "recall_PER"));
    for (String name : names) {
      assertThat(summary.path("scores").path(name).asDouble()).as(name).isEqualTo(1);
    }
    assertThat(summary.path("n").asInt()).isEqualTo(24);
    assertThat(summary.path("protocols").toString()).contains("on test");

    Path gold = folder.resolve("data/ner/conll-2003/test.txt");
    Cli scored = score(gold, run.resolve("predictions/test.conll"));
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(JSON.readTree(scored.out()).path("scores").path("f1").asDouble()).isEqualTo(1);

    String lines =
        """
        {"id": 7, "text": "Anna Smith  lives in New Rome."}
        {"words": ["peter", "smith", "lives", "in", "new", "paris"], "tags": "mine"}
        {"words": []}
        """;
    Cli predicted = predict(run, lines);
    assertThat(predicted.status()).as(predicted.err()).isZero();
    JsonNode first = JSON.readTree(predicted.out().lines().findFirst().orElseThrow());
    assertThat(first.path("words").toString())
        .isEqualTo("[\"Anna\",\"Smith\",\"lives\",\"in\",\"New\",\"Rome\",\".\"]");
    assertThat(first.path("entities").get(0).toString())
        .contains("\"type\":\"PER\"", "\"text\":\"Anna Smith\"", "\"start\":0", "\"end\":10");
    assertThat(first.path("entities").get(1).path("text").asText()).startsWith("New Rome");
    JsonNode second = JSON.readTree(predicted.out().lines().toList().get(1));
    assertThat(second.path("tags").toString())
        .isEqualTo("[\"B-PER\",\"I-PER\",\"O\",\"O\",\"B-LOC\",\"I-LOC\"]");
    assertThat(second.path("input_tags").asText()).isEqualTo("mine");
    assertThat(predicted.out().lines()).hasSize(3);

    Path hf = folder.resolve("hf");
    Cli converted = TaskCommands.convert(run, "hf", hf);
    assertThat(converted.status()).as(converted.err()).isZero();
    assertThat(Files.readString(hf.resolve("config.json")))
        .contains("AlbertForTokenClassification", "B-LOC", "I-PER");
    assertThat(predict(hf, lines).out()).isEqualTo(predicted.out());
  }

  private Cli predict(Path model, String lines) throws IOException {
    return TaskCommands.predict(model, folder.resolve("lines.jsonl"), lines);
  }

  private static Cli score(Path gold, Path predictions) {
    return TaskCommands.score("wnut-17", gold, predictions);
  }

  @Test
  void aStudyIsPlannedRunAndReported() throws IOException {
    writeData();
    Path study =
        Files.writeString(
            folder.resolve("entities.yaml"),
            """
            study: entities
            question: Does sharing cost entities?
            base: {task: conll-2003, preset: mini-albert, vocab_size: 30522, hidden_size: 32, embedding_size: 16,
              num_attention_heads: 2, num_hidden_layers: 2, max_seq_length: 16, batch_size: 8,
              max_steps: 6, threads: 1}
            vary: {sharing: [none, all]}
            baseline: {sharing: none}
            seeds: [1]
            """);
    String data = folder.resolve("data").toString();
    String runs = folder.resolve("runs").toString();
    Cli planned = Cli.run("run", study.toString(), "--data", data, "--runs", runs, "--dry-run");
    assertThat(planned.status()).as(planned.err()).isZero();
    Cli ran = Cli.run("run", study.toString(), "--data", data, "--runs", runs, "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("\"split\" : \"test\"");
    Cli reported =
        Cli.run("report", runs + "/entities", "--output", folder.resolve("report").toString());
    assertThat(reported.status()).as(reported.err()).isZero();
    assertThat(Files.readString(folder.resolve("report/report.md")))
        .contains("most frequent tag of each word", "| shared |")
        .as("each type's stand in the records alone")
        .doesNotContain("f1 LOC");
  }

  /** Every case of seqeval's, written to files and scored by the command. */
  @TestFactory
  Stream<DynamicTest> filesHaveSeqevalsFigures() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Path golden = Path.of("../evaluation/src/test/resources/golden/metrics/seqeval.jsonl");
    for (String line : Files.readAllLines(golden)) {
      JsonNode one = JSON.readTree(line);
      tests.add(DynamicTest.dynamicTest(one.path("name").asText(), () -> scoresAs(one)));
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private void scoresAs(JsonNode one) throws IOException {
    Path gold = conll("gold.conll", one.path("gold"));
    Cli scored = score(gold, conll("predicted.conll", one.path("predicted")));
    if (Files.readString(gold).isBlank()) {
      assertThat(scored.err()).contains(gold + ": there is no sentence in it");
      return;
    }
    assertThat(scored.status()).as(scored.err()).isZero();
    JsonNode scores = JSON.readTree(scored.out()).path("scores");
    for (String name : List.of("precision", "recall", "f1", "accuracy")) {
      assertThat(scores.path(name).asDouble()).as(name).isEqualTo(one.path(name).asDouble());
    }
    one.path("per_type")
        .properties()
        .forEach(
            type ->
                assertThat(scores.path("f1_" + type.getKey()).asDouble())
                    .isEqualTo(type.getValue().path("f1").asDouble()));
  }

  private Path conll(String name, JsonNode sentences) throws IOException {
    StringBuilder text = new StringBuilder();
    for (JsonNode sentence : sentences) {
      sentence.forEach(tag -> text.append("w ").append(tag.asText()).append('\n'));
      text.append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void filesThatDoNotFitAreNamed() throws IOException {
    Path gold = Files.writeString(folder.resolve("gold"), "a B-X\nb O\n\nc O\n");
    Path shorter = Files.writeString(folder.resolve("shorter"), "a B-X\n\nc O\n");
    Cli words = score(gold, shorter);
    assertThat(words.status()).isEqualTo(2);
    assertThat(words.err())
        .contains(
            shorter + ", line 1: sentence 1 has 1 words, that of " + gold + ", line 1, has 2");
    Path fewer = Files.writeString(folder.resolve("fewer"), "a B-X\nb O\n");
    assertThat(score(gold, fewer).err()).contains("it has 1 sentences, " + gold + " has 2");
  }

  @Test
  void linesThatAreNoSentencesAreRefused() throws IOException {
    writeData();
    Path run = folder.resolve("run");
    Cli trained = finetune(run, 1);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(predict(run, "{\"words\": [1]}\n").err())
        .contains("line 1: words is not a list of strings");
    assertThat(predict(run, "{\"words\": [], \"text\": \"a\"}\n").err())
        .contains("has both words and text");
    assertThat(predict(run, "{\"id\": 1}\n").err()).contains("has no key text, needed is");
    String input = folder.resolve("lines.jsonl").toString();
    assertThat(
            Cli.run("predict", "--model", run.toString(), "--doc-stride", "4", "--input", input)
                .err())
        .contains("--doc-stride is not for models with the head token_classification");
  }
}
