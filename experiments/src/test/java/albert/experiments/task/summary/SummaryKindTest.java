package albert.experiments.task.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.summary.SummaryTask;
import albert.evaluation.record.Score;
import albert.experiments.cli.Cli;
import albert.experiments.cli.TaskCommands;
import albert.experiments.config.IdleKeys;
import albert.model.config.ModelType;
import albert.reports.summary.StudyDescription.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents from their files to scores, through the commands. */
final class SummaryKindTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> NOUNS = List.of("river", "stone", "music", "paper", "glass");

  @TempDir private Path folder;

  /** Twenty documents of one to five sentences; those with "we show" are right. */
  @BeforeEach
  void writeData() throws IOException {
    Path scitldr = Files.createDirectories(folder.resolve("data/summarization/scitldr-A"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      List<String> sentences = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      for (int sentence = 0; sentence <= i % 5; sentence++) {
        boolean right = sentence == i % 3 % (i % 5 + 1);
        String noun = NOUNS.get((i + sentence) % 5);
        sentences.add(right ? "Here we show a " + noun + "." : "The old " + noun + " was there.");
        labels.add(right ? 1 : 0);
      }
      String right = sentences.get(labels.indexOf(1));
      lines
          .append("{\"source\": ")
          .append(JSON.writeValueAsString(sentences))
          .append(", \"source_labels\": ")
          .append(labels)
          .append(", \"paper_id\": \"p")
          .append(i)
          .append("\", \"target\": [\"nothing of it\", \"")
          .append(right)
          .append("\"]}\n");
    }
    for (String part : List.of("train", "dev", "test")) {
      Files.writeString(scitldr.resolve(part + ".jsonl"), lines);
    }
  }

  private Path gold(String part) {
    return folder.resolve("data/summarization/scitldr-A").resolve(part + ".jsonl");
  }

  private Cli finetune(Path output, int steps, String... more) {
    return TaskCommands.finetune("scitldr", folder.resolve("data"), output, 24, steps, more);
  }

  private Cli predict(Path model, String lines, String... more) throws IOException {
    return TaskCommands.predict(model, folder.resolve("lines.jsonl"), lines, more);
  }

  private static Cli score(Path gold, Path predictions) {
    return TaskCommands.score("scitldr", gold, predictions);
  }

  @Test
  void learnsByHeartAndScoresPredictsAndConverts() throws IOException {
    Path run = folder.resolve("run");
    Cli trained = finetune(run, 200);
    assertThat(trained.status()).as(trained.err()).isZero();
    JsonNode summary = JSON.readTree(trained.out());
    for (String name : SummaryTask.SCITLDR.metricIds()) {
      assertThat(summary.path("scores").path(name).asDouble()).as(name).isEqualTo(1);
    }
    assertThat(summary.path("n").asInt()).isEqualTo(20);
    assertThat(summary.path("protocols").toString()).contains("on test");

    Cli scored = score(gold("test"), run.resolve("predictions/test.jsonl"));
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(JSON.readTree(scored.out()).path("scores")).isEqualTo(summary.path("scores"));

    String lines =
        """
        {"id": 7, "sentences": ["The old river was there.", "Here we show a stone.", " "], "scores": 1}
        {"text": "The old glass was there. Here we show a river.", "paper_id": "p"}
        """;
    Cli predicted = predict(run, lines);
    assertThat(predicted.status()).as(predicted.err()).isZero();
    JsonNode first = JSON.readTree(predicted.out().lines().findFirst().orElseThrow());
    assertThat(first.path("summary").asText()).isEqualTo("Here we show a stone.");
    assertThat(first.path("sentences").toString()).isEqualTo("[1]");
    assertThat(first.path("scores")).hasSize(3);
    assertThat(first.path("scores").get(1).asDouble())
        .isGreaterThan(first.path("scores").get(0).asDouble())
        .isLessThan(1);
    assertThat(first.path("input_scores").asInt()).isEqualTo(1);
    JsonNode second = JSON.readTree(predicted.out().lines().toList().get(1));
    assertThat(second.path("document").toString())
        .isEqualTo("[\"The old glass was there.\",\"Here we show a river.\"]");
    assertThat(second.path("summary").asText()).isEqualTo("Here we show a river.");
    assertThat(predict(run, lines, "--summary-sentences", "2").out())
        .contains("The old river was there.\\nHere we show a stone.", "\"sentences\":[0,1]");

    Cli refused = TaskCommands.convert(run, "hf", folder.resolve("hf"));
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("the model scores sentences, for which transformers has no");
    Path google = folder.resolve("google");
    Cli converted = TaskCommands.convert(run, "tf-checkpoint", google);
    assertThat(converted.status()).as(converted.err()).isZero();
    String[] asTrained = {"--precision", "float32", "--threads", "1", "--max-seq-length", "24"};
    assertThat(predict(google, lines, asTrained).out()).isEqualTo(predicted.out());
  }

  /** Whatever stands beside it, and however far it is padded, a document has its scores. */
  @Test
  void predictionsDoNotDependOnTheBatch() throws IOException {
    Path run = folder.resolve("run");
    Cli trained = finetune(run, 3);
    assertThat(trained.status()).as(trained.err()).isZero();
    List<String> lines =
        Files.readAllLines(gold("dev")).stream()
            .map(line -> line.replace("\"source\"", "\"sentences\""))
            .toList();
    List<String> together = predict(run, String.join("\n", lines) + "\n").out().lines().toList();
    List<String> recorded = Files.readAllLines(run.resolve("predictions/dev.jsonl"));
    assertThat(together).hasSize(20);
    for (int i = 0; i < 20; i++) {
      JsonNode own = JSON.readTree(together.get(i));
      assertThat(own.path("scores")).isEqualTo(JSON.readTree(recorded.get(i)).path("scores"));
    }
    for (int i : new int[] {0, 4}) {
      JsonNode own = JSON.readTree(together.get(i));
      JsonNode alone = JSON.readTree(predict(run, lines.get(i) + "\n").out());
      for (int sentence = 0; sentence <= i; sentence++) {
        assertThat(alone.path("scores").get(sentence).asDouble())
            .isCloseTo(own.path("scores").get(sentence).asDouble(), within(1e-6));
      }
    }
  }

  @Test
  void aStudyIsPlannedRunAndReported() throws IOException {
    Path study =
        Files.writeString(
            folder.resolve("summaries.yaml"),
            """
            study: summaries
            question: Does sharing cost summaries?
            base: {task: scitldr, preset: mini-albert, vocab_size: 30522, hidden_size: 32, embedding_size: 16,
              num_attention_heads: 2, num_hidden_layers: 2, max_seq_length: 24, batch_size: 8,
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
        Cli.run("report", runs + "/summaries", "--output", folder.resolve("report").toString());
    assertThat(reported.status()).as(reported.err()).isZero();
    assertThat(Files.readString(folder.resolve("report/report.md")))
        .contains(
            "lead-1",
            "bag of words and place (naive Bayes)",
            "greedy oracle of 1 (upper bound)",
            "| shared |");
  }

  @Test
  void linesThatAreNoDocumentsAreNamed() throws IOException {
    Path run = folder.resolve("run");
    Cli trained = finetune(run, 1, "--predict-parts", "dev");
    assertThat(trained.status()).as(trained.err()).isZero();
    Map<String, String> problems =
        Map.of(
            "{\"sentences\": []}", "has no sentence to summarise",
            "{\"sentences\": [\" \"]}", "has no sentence to summarise",
            "{\"text\": \"\"}", "has no sentence to summarise",
            "{\"sentences\": \"a\"}", "sentences is not a list of strings",
            "{\"sentences\": [1]}", "sentences is not a list of strings",
            "{\"sentences\": [\"a\"], \"text\": \"a\"}", "has both sentences and text",
            "{\"id\": 1}", "has no key text, needed is",
            "{\"text\": null}", "text is not a string",
            "[]", "is not a JSON object");
    for (Map.Entry<String, String> problem : problems.entrySet()) {
      String lines = "{\"text\": \"[CLS] <b>a</b> [SEP]\"}\n" + problem.getKey() + "\n";
      Cli refused = predict(run, lines);
      assertThat(refused.status()).as(problem.getKey()).isEqualTo(2);
      assertThat(refused.err()).contains("line 2: " + problem.getValue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p.txt | a | it has 1 summaries, ",
        "p.jsonl | {\"id\": \"p1\", \"prediction\": \"a\"} | line 1: id is 'p1', document 1 of ",
        "p.jsonl | {\"id\": \"p0\", \"predicted\": \"a\"} | line 1: has no key prediction, needed",
        "p.jsonl | {\"summary\": [\"a\"]} | line 1: summary is not a string",
        "p.jsonl | a | line 1: is not JSON",
      })
  void filesThatDoNotFitAreNamed(String name, String text, String problem) throws IOException {
    Path predictions = Files.writeString(folder.resolve(name), text + "\n");
    Cli refused = score(gold("dev"), predictions);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains(predictions.toString()).contains(problem);
  }

  @Test
  void eachTaskHasItsOwnDefaults() {
    SummaryKind kind = new SummaryKind();
    assertThat(kind.defaults(ModelType.BERT, "scitldr")).isEqualTo(new SummaryConfig(1, false));
    assertThat(kind.defaults(ModelType.BERT, "cnn-dailymail"))
        .isEqualTo(new SummaryConfig(3, true));
    assertThat(IdleKeys.of(Map.of("summary_sentences", 1, "trigram_blocking", true)))
        .containsEntry("trigram_blocking", "a summary has one sentence");
    assertThat(IdleKeys.of(Map.of("summary_sentences", 2, "trigram_blocking", true))).isEmpty();
    assertThat(finetune(folder.resolve("never"), 1, "--summary-sentences", "0").err())
        .contains("summary_sentences is 0, allowed are 1 to 1000");
  }

  /** Of each document the reference with the most words in common gives all figures. */
  @Test
  void theClosestReferenceIsTheOneThatCounts() throws IOException {
    Path gold =
        Files.writeString(
            folder.resolve("gold.jsonl"),
            "{\"source\": [\"a\"], \"target\": [\"a dogs b c c\", \"b x a\"]}\n");
    JsonNode scores =
        JSON.readTree(score(gold, Files.writeString(folder.resolve("p.txt"), "a dog b x\n")).out())
            .path("scores");
    // three words of either, 2·3/9 of the first and 2·3/7 of the second, whose pairs are fewer
    assertThat(scores.path("rouge1").asDouble()).isCloseTo(6.0 / 7, within(1e-12));
    assertThat(scores.path("rouge2").asDouble()).isCloseTo(2.0 / 5, within(1e-12));
    assertThat(scores.path("rougeL").asDouble()).isCloseTo(4.0 / 7, within(1e-12));
  }

  /**
   * The figures of rouge-score 0.1.2 with its stemmer, for the same sentences; between them those
   * of the sentences that a separate program chose by the same counts.
   */
  @Test
  void theReferencesOfTheRealDataHaveTheFiguresOfThePublishedPackage() {
    String root = System.getenv("ALBERT_DATA");
    Assumptions.assumeTrue(root != null, "needs SciTLDR: set ALBERT_DATA to the data folder");
    List<Reference> references =
        new SummaryKind().references(SummaryTask.SCITLDR.read(Path.of(root)));
    assertThat(references)
        .extracting(Reference::name)
        .containsExactly(
            "lead-1", "bag of words and place (naive Bayes)", "greedy oracle of 1 (upper bound)");
    double[][] published = {
      {0.30109360098822857, 0.10622501397799179, 0.23017925424459384},
      {0.3658237217370516, 0.156848552663588, 0.2892807851156658},
      {0.46624305945605143, 0.2628656739800422, 0.3860156292396704}
    };
    for (int reference = 0; reference < published.length; reference++) {
      for (int metric = 0; metric < published[reference].length; metric++) {
        Score score = references.get(reference).scores().get(metric);
        assertThat(score.n()).isEqualTo(619);
        assertThat(Objects.requireNonNull(score.value()))
            .isCloseTo(published[reference][metric], within(1e-12));
      }
    }
  }
}
