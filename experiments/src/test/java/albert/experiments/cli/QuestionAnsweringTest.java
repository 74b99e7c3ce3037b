package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.StrictJson;
import albert.experiments.task.TaskKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code finetune}, {@code predict}, {@code score} and {@code convert} of questions. */
final class QuestionAnsweringTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> NAMES =
      List.of("Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "John", "Zoë");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"squad-v1.1, mini-bert, bert", "squad-v2.0, mini-albert, albert"})
  void isTrainedScoredPredictedAndConverted(String task, String preset, String head)
      throws IOException {
    data(task);
    Path output = folder.resolve("run");
    Cli cli = finetune(task, preset, output, "--max-train-examples", "40", "--json");
    assertThat(cli.status()).as(cli.err()).isZero();
    JsonNode json = JSON.readTree(cli.out());
    assertThat(json.get("scores").get("f1").asDouble()).isPositive();
    RunRecord record = new StrictJson().read(new RunDirectory(output).record(), RunRecord.class);
    assertThat(record.config()).containsEntry("span_head", head).containsEntry("doc_stride", 8L);
    assertThat(record.data().get(0).rows().get("train")).isEqualTo(40);
    assertThat(record.data().get(0).source()).contains("split by article");

    Cli score =
        Cli.run(
            "score",
            "--task",
            task,
            "--gold",
            output.resolve("predictions/gold.json").toString(),
            "--predictions",
            output.resolve("predictions/dev/predictions.json").toString(),
            "--json");
    JsonNode official = JSON.readTree(score.out()).get("scores");
    for (String name : TaskKinds.task(task).orElseThrow().metricIds()) {
      assertThat(official.has(name)).as(name).isTrue();
      assertThat(json.get("scores").get(name)).isEqualTo(official.get(name));
    }
    samePredictions(task, output);
    converts(output, head);
  }

  /** {@code predict} with the last weights gives the run's own answers. */
  private void samePredictions(String task, Path output) throws IOException {
    StringBuilder lines = new StringBuilder();
    List<String> ids = new ArrayList<>();
    for (JsonNode article :
        JSON.readTree(output.resolve("predictions/gold.json").toFile()).get("data")) {
      for (JsonNode paragraph : article.get("paragraphs")) {
        for (JsonNode question : paragraph.get("qas")) {
          ids.add(question.get("id").asText());
          lines
              .append(
                  JSON.createObjectNode()
                      .put("question", question.get("question").asText())
                      .put("context", paragraph.get("context").asText()))
              .append('\n');
        }
      }
    }
    Path input = Files.writeString(folder.resolve("questions.jsonl"), lines);
    Cli predict =
        Cli.run(
            "predict",
            "--model",
            output.resolve("checkpoint").toString(),
            "--input",
            input.toString());
    assertThat(predict.status()).as(predict.err()).isZero();
    JsonNode nBest =
        JSON.readTree(output.resolve("predictions/dev/nbest_predictions.json").toFile());
    JsonNode expected = JSON.readTree(output.resolve("predictions/dev/predictions.json").toFile());
    List<String> got = predict.out().lines().toList();
    List<String> asked = lines.toString().lines().toList();
    assertThat(got).hasSameSizeAs(ids);
    for (int i = 0; i < got.size(); i++) {
      JsonNode line = JSON.readTree(got.get(i));
      assertThat(line.get("answer")).isEqualTo(expected.get(ids.get(i)));
      if (line.get("answer").asText().isEmpty()) {
        assertThat(task).isEqualTo("squad-v2.0");
        assertThat(line.get("start").isNull()).isTrue();
      } else {
        String context = JSON.readTree(asked.get(i)).get("context").asText();
        int[] points = context.codePoints().toArray();
        int start = line.get("start").asInt();
        assertThat(new String(points, start, line.get("end").asInt() - start))
            .isEqualTo(line.get("answer").asText());
      }
      assertThat(line.get("score").asDouble()).isBetween(0.0, 1.0);
      assertThat(texts(line.get("n_best"))).isNotEmpty().isEqualTo(texts(nBest.get(ids.get(i))));
    }
  }

  /** Texts with their probabilities. */
  private static List<String> texts(JsonNode entries) {
    List<String> texts = new ArrayList<>();
    entries.forEach(entry -> texts.add(entry.get("text") + " " + entry.get("probability")));
    return texts;
  }

  private void converts(Path output, String head) throws IOException {
    Path target = folder.resolve("hf");
    Cli hf =
        Cli.run(
            "convert",
            "--model",
            output.resolve("checkpoint").toString(),
            "--to",
            "hf",
            "--output",
            target.toString());
    if (head.equals("bert")) {
      assertThat(hf.status()).as(hf.err()).isZero();
      assertThat(JSON.readTree(target.resolve("config.json").toFile()).get("architectures").get(0))
          .hasToString("\"BertForQuestionAnswering\"");
    } else {
      assertThat(hf.status()).isEqualTo(2);
      assertThat(hf.err()).contains("ALBERT's span head, which transformers does not have");
      assertThat(hf.err().lines()).hasSize(1);
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void aStudyOfQuestionsIsRunAndReported() throws IOException {
    data("squad-v2.0");
    Path study =
        Files.writeString(
            folder.resolve("heads.yaml"),
            """
            study: heads
            question: Which head?
            base: {preset: mini-albert, task: squad-v2.0, hidden_size: 16, embedding_size: 8,
              num_attention_heads: 2, num_hidden_layers: 1, vocab_size: 30522, max_steps: 4,
              max_seq_length: 32, max_query_length: 12, doc_stride: 8, precision: float32}
            vary: {span_head: [albert, bert]}
            baseline: {span_head: bert}
            seeds: [1]
            """);
    Path runs = folder.resolve("runs");
    Cli run =
        Cli.run("run", study.toString(), "--runs", runs.toString(), "--data", folder.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 runs");
    Cli report =
        Cli.run(
            "report",
            runs.resolve("heads").toString(),
            "--output",
            folder.resolve("report").toString());
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(folder.resolve("report/report.md"))
        .content()
        .contains("best-overlapping sentence", "span_head");
  }

  @Test
  void whatDoesNotFitIsRefusedInOneLine() throws IOException {
    data("squad-v1.1");
    Cli cut = finetune("squad-v1.1", "mini-bert", folder.resolve("a"), "--max-query-length", "29");
    assertThat(cut.status()).isEqualTo(2);
    assertThat(cut.err()).contains("max_seq_length is 32, at least 33 are needed");
    Cli other =
        Cli.run(
            "finetune",
            "--task",
            "mrpc",
            "--preset",
            "mini-bert",
            "--doc-stride",
            "64",
            "--output",
            "b");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err())
        .contains(
            "doc_stride is given, but it is for squad-v1.1, squad-v2.0, not for mrpc in option"
                + " --doc-stride");
    Cli weights =
        finetune("squad-v1.1", "mini-bert", folder.resolve("c"), "--class-weights", "balanced");
    assertThat(weights.err()).contains("task squad-v1.1 has no classes");
  }

  private Cli finetune(String task, String preset, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "finetune",
                "--task",
                task,
                "--preset",
                preset,
                "--vocab-size",
                "30522",
                "--hidden-size",
                "32",
                "--embedding-size",
                preset.equals("mini-bert") ? "32" : "16",
                "--num-attention-heads",
                "2",
                "--num-hidden-layers",
                "2",
                "--max-steps",
                "80",
                "--batch-size",
                "8",
                "--learning-rate",
                "3e-3",
                "--max-seq-length",
                "32",
                "--doc-stride",
                "8",
                "--precision",
                "float32",
                "--data",
                folder.toString(),
                "--output",
                output.toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--max-query-length")) {
      arguments.addAll(List.of("--max-query-length", "12"));
    }
    return Cli.run(arguments.toArray(String[]::new));
  }

  /** Who has a thing: a dev set alone, of many articles; in v2.0 nobody has some of the things. */
  private void data(String task) throws IOException {
    StringBuilder articles = new StringBuilder();
    int id = 0;
    for (int article = 0; article < 30; article++) {
      StringBuilder questions = new StringBuilder();
      String context = "";
      for (int i = 0; i < 2; i++) {
        String name = NAMES.get((article + 3 * i) % NAMES.size());
        int start = context.codePointCount(0, context.length());
        String thing = i == 0 ? "lamp" : "kite";
        context += name + " has the " + thing + ". ";
        questions.append(question(id++, "Who has the " + thing + "?", name, start)).append(',');
      }
      if (task.equals("squad-v2.0")) {
        questions.append(question(id++, "Who has the drum?", "", 0)).append(',');
      }
      questions.setLength(questions.length() - 1);
      articles.append(
          String.format(
              Locale.ROOT,
              "%s{\"title\": \"article %d\", \"paragraphs\": [{\"context\": \"%s\", \"qas\":"
                  + " [%s]}]}",
              article == 0 ? "" : ",",
              article,
              context,
              questions));
    }
    Path squad = Files.createDirectories(folder.resolve("squad"));
    Files.writeString(
        squad.resolve("dev-" + task.substring(6) + ".json"),
        "{\"version\": \"x\", \"data\": [" + articles + "]}");
  }

  private static String question(int id, String question, String answer, int start) {
    return String.format(
        Locale.ROOT,
        "{\"id\": \"q%d\", \"question\": \"%s\", \"is_impossible\": %b, \"answers\": [%s]}",
        id,
        question,
        answer.isEmpty(),
        answer.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT, "{\"text\": \"%s\", \"answer_start\": %d}", answer, start));
  }
}
