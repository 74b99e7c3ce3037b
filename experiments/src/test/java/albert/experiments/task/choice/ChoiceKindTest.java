package albert.experiments.task.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.choice.ChoiceQuestion;
import albert.evaluation.record.StrictJson;
import albert.experiments.cli.Cli;
import albert.experiments.cli.TaskCommands;
import albert.experiments.training.finetuning.SmallChoices;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RACE from its files to scores and reports, through the commands. */
final class ChoiceKindTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LINE =
      "{\"passage\": \"glass\", \"question\": \"it is _ .\", \"choices\": ";

  @TempDir private Path folder;

  /** 24 questions for training, 8 of them of middle schools; 12 and 3 for dev and test. */
  private Path writeRace() throws IOException {
    Path data = folder.resolve("data");
    Path race = data.resolve("multiple-choice/race");
    write(race.resolve("train/middle"), SmallChoices.questions(8, 4, 1));
    write(race.resolve("train/high"), SmallChoices.questions(16, 4, 2));
    for (String part : List.of("dev", "test")) {
      write(race.resolve(part).resolve("middle"), SmallChoices.questions(3, 4, 3));
      write(race.resolve(part).resolve("high"), SmallChoices.questions(9, 4, 4));
    }
    return data;
  }

  /** An article a question. */
  private static void write(Path folder, List<ChoiceQuestion> questions) throws IOException {
    Files.createDirectories(folder);
    String level = String.valueOf(folder.getFileName());
    for (ChoiceQuestion question : questions) {
      String id = level + question.id() + ".txt";
      Map<String, Object> article =
          Map.of(
              "id", id,
              "article", question.passage(),
              "questions", List.of(question.question()),
              "options", List.of(question.choices()),
              "answers", List.of(String.valueOf((char) ('A' + question.answer()))));
      Files.writeString(folder.resolve(id), new StrictJson().writeLine(article));
    }
  }

  private Cli finetune(Path data, int steps, String... more) {
    List<String> settings =
        new ArrayList<>(List.of("--warmup-steps", "0", "--hidden-dropout-prob", "0"));
    settings.addAll(List.of(more));
    return TaskCommands.finetune(
        "race", data, folder.resolve("run"), 16, steps, settings.toArray(String[]::new));
  }

  private Cli predict(Path model, String lines) throws IOException {
    String[] asTrained = {"--precision", "float32", "--threads", "1"};
    return TaskCommands.predict(model, folder.resolve("lines.jsonl"), lines, asTrained);
  }

  @Test
  void learnsScoresPredictsAndConverts() throws IOException {
    Path data = writeRace();
    Cli trained = finetune(data, 80);
    assertThat(trained.status()).as(trained.err()).isZero();
    JsonNode summary = JSON.readTree(trained.out());
    assertThat(summary.path("n").asInt()).isEqualTo(12);
    for (String name : List.of("accuracy", "accuracy_middle", "accuracy_high")) {
      assertThat(summary.path("scores").path(name).asDouble()).as(name).isEqualTo(1);
    }
    assertThat(summary.path("protocols").toString()).contains("on test");
    Path run = folder.resolve("run");
    Path gold = data.resolve("multiple-choice/race/test");
    Cli scored = TaskCommands.score("race", gold, run.resolve("predictions/test.jsonl"));
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(JSON.readTree(scored.out()).path("scores").path("accuracy_high").asDouble())
        .isEqualTo(1);

    String lines =
        """
        {"id": 7, "passage": "glass", "question": "it is _ .", "choices": ["a paper", "a river"]}
        {"question": "it is", "choices": ["a winter", "a castle", "a glass", "a music", "a [SEP]"], "label": 3}
        """;
    Cli predicted = predict(run, lines);
    assertThat(predicted.status()).as(predicted.err()).isZero();
    List<String> out = predicted.out().lines().toList();
    assertThat(out).hasSize(2);
    JsonNode first = JSON.readTree(out.get(0));
    assertThat(first.path("id").asInt()).isEqualTo(7);
    assertThat(first.path("label").asInt()).isEqualTo(1);
    assertThat(first.path("choice").asText()).isEqualTo("a river");
    assertThat(first.path("probabilities")).hasSize(2);
    JsonNode second = JSON.readTree(out.get(1));
    assertThat(second.path("choice").asText()).isEqualTo("a winter");
    assertThat(second.path("input_label").asInt()).isEqualTo(3);
    double sum = 0;
    for (JsonNode probability : second.path("probabilities")) {
      sum += probability.asDouble();
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    converts(run, lines, predicted);
    doesNotDependOnOtherLines(run, out.get(0));
    refusesLines(run);
  }

  /** To Hugging Face's class and to Google's names, and back by predicting from these. */
  private void converts(Path run, String lines, Cli predicted) throws IOException {
    for (String format : List.of("hf", "tf-checkpoint")) {
      Path converted = folder.resolve(format);
      Cli convert = TaskCommands.convert(run, format, converted);
      assertThat(convert.status()).as(convert.err()).isZero();
      assertThat(predict(converted, lines).out()).as(format).isEqualTo(predicted.out());
    }
    assertThat(Files.readString(folder.resolve("hf/config.json")))
        .contains("AlbertForMultipleChoice");
  }

  /** Beside others, longer ones and such with more choices. */
  private void doesNotDependOnOtherLines(Path run, String alone) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lines
          .append("{\"passage\": \"" + "paper ".repeat(1 + i % 9) + "\", \"question\": \"who\",")
          .append(" \"choices\": [\"a\", \"b\"" + ", \"c d\"".repeat(i % 4) + "]}\n");
      if (i == 20) {
        lines.append(LINE + "[\"a paper\", \"a river\"], \"id\": 7}\n");
      }
    }
    Cli together = predict(run, lines.toString());
    assertThat(together.status()).as(together.err()).isZero();
    JsonNode found = JSON.readTree(together.out().lines().toList().get(21)).path("probabilities");
    JsonNode expected = JSON.readTree(alone).path("probabilities");
    for (int i = 0; i < 2; i++) {
      assertThat(found.get(i).asDouble()).isCloseTo(expected.get(i).asDouble(), within(1e-6));
    }
  }

  private void refusesLines(Path run) throws IOException {
    Map<String, String> problems =
        Map.of(
            "{\"choices\": [\"a\", \"b\"]}", "has no key question, needed is",
            "{\"question\": \"q\"}", "has no key choices, needed is",
            "{\"question\": \"q\", \"choices\": \"ab\"}", "choices is not a list of strings",
            "{\"question\": \"q\", \"choices\": [\"a\", 2]}", "choices is not a list of strings",
            "{\"question\": \"q\", \"choices\": []}", "it has 0 choices, at least 2 are needed",
            "{\"question\": \"q\", \"choices\": [\"a\"]}", "it has 1 choice, at least 2 are needed",
            "{\"question\": \"q\", \"passage\": 1, \"choices\": [\"a\", \"b\"]}",
                "passage is not a string");
    for (Map.Entry<String, String> problem : problems.entrySet()) {
      Cli refused = predict(run, LINE + "[\"a\", \"b\"]}\n" + problem.getKey() + "\n");
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err()).contains("line 2: " + problem.getValue());
    }
  }

  /** The schools stand in tables beside the whole, as papers print them. */
  @Test
  void aStudyIsPlannedRunAndReported() throws IOException {
    String data = writeRace().toString();
    Path study =
        Files.writeString(
            folder.resolve("choices.yaml"),
            """
            study: choices
            question: Does sharing cost choices?
            base: {task: race, preset: mini-albert, vocab_size: 30522, hidden_size: 32, embedding_size: 16,
              num_attention_heads: 2, num_hidden_layers: 2, max_seq_length: 16, batch_size: 5,
              epochs: 1, threads: 1}
            vary: {sharing: [none, all]}
            baseline: {sharing: none}
            seeds: [1]
            analysis: {primary: accuracy_high}
            """);
    String runs = folder.resolve("runs").toString();
    String[] plan = {
      "run", study.toString(), "--data", data, "--runs", runs, "--dry-run", "--json"
    };
    Cli planned = Cli.run(plan);
    assertThat(planned.status()).as(planned.err()).isZero();
    JsonNode forecast = JSON.readTree(planned.out());
    assertThat(forecast.path("variants").get(0).path("steps").asInt())
        .as("24 questions in batches of 5")
        .isEqualTo(5);
    assertThat(forecast.path("stages").get(1).path("steps_left").asInt())
        .as("sequences of dev in 2 runs")
        .isEqualTo(2 * 12 * 4);
    Cli ran = Cli.run("run", study.toString(), "--data", data, "--runs", runs, "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    Cli again = Cli.run(plan);
    assertThat(again.out()).contains("1 finished runs of this variant");
    Cli reported =
        Cli.run("report", runs + "/choices", "--output", folder.resolve("report").toString());
    assertThat(reported.status()).as(reported.err()).isZero();
    assertThat(Files.readString(folder.resolve("report/report.md")))
        .contains("accuracy middle", "accuracy high", "longest choice", "chance", "word overlap");
  }

  /** Of RACE's layout and of the others': 4 of 5, 1 of 2 and 3 of 3 are right. */
  @Test
  void scoresAreThoseCountedByHand() throws IOException {
    Path dev = folder.resolve("dev");
    article(dev.resolve("middle"), "middle1.txt", "AB");
    article(dev.resolve("high"), "high1.txt", "DCB");
    Path predictions =
        Files.writeString(
            folder.resolve("p.jsonl"),
            """
            {"id": "high1.txt-2", "prediction": 2}
            {"id": "high1.txt-1", "prediction": "D"}
            {"id": "high1.txt-3", "prediction": "B"}
            {"id": "middle1.txt-1", "prediction": 0, "label": 0}
            {"id": "middle1.txt-2", "prediction": 0}
            """);
    Cli scored = TaskCommands.score("race", dev, predictions);
    assertThat(scored.status()).as(scored.err()).isZero();
    JsonNode json = JSON.readTree(scored.out());
    assertThat(json.path("n").asInt()).isEqualTo(5);
    assertThat(json.path("scores").toString())
        .isEqualTo("{\"accuracy\":0.8,\"accuracy_middle\":0.5,\"accuracy_high\":1.0}");

    Path swag =
        Files.writeString(
            folder.resolve("val.csv"),
            "sent1,sent2,ending0,ending1,ending2,ending3,label\nx,y,a,b,c,d,2\nx,y,a,b,c,d,0\n");
    Path numbers =
        Files.writeString(
            folder.resolve("n.jsonl"),
            "{\"id\": 1, \"label\": 0, \"choice\": \"a\"}\n{\"id\": \"0\", \"prediction\": 1}\n");
    assertThat(
            JSON.readTree(TaskCommands.score("swag", swag, numbers).out())
                .path("scores")
                .toString())
        .isEqualTo("{\"accuracy\":0.5}");
  }

  private static void article(Path level, String id, String answers) throws IOException {
    Files.createDirectories(level);
    List<String> letters = answers.chars().mapToObj(c -> String.valueOf((char) c)).toList();
    Map<String, Object> article =
        Map.of(
            "id",
            id,
            "article",
            "A text.",
            "questions",
            letters.stream().map(letter -> "Which?").toList(),
            "options",
            letters.stream().map(letter -> List.of("a", "b", "c", "d")).toList(),
            "answers",
            letters);
    Files.writeString(level.resolve(id), new StrictJson().writeLine(article));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\": \"1-1\", \"prediction\": 2} | line 1: prediction is 2, allowed are 0 to 1, or A",
        "{\"id\": \"1-1\", \"prediction\": \"x\"} | line 1: prediction is \"x\", allowed are",
        "{\"id\": \"1-1\", \"prediction\": 0.5} | line 1: prediction is 0.5, allowed are",
        "{\"id\": \"1-1\"} | line 1: prediction is missing, allowed are",
        "{\"prediction\": 1} | line 1: has no id that is a text or a whole number",
        "{\"id\": \"2-1\", \"prediction\": 0} | line 1: there is no question 2-1 in the gold data",
        "{\"id\": \"1-1\", \"prediction\": 0}\\n{\"id\": \"1-1\", \"prediction\": 0} |"
            + " line 2: question 1-1 has a second prediction",
        "{\"id\": \"1-2\", \"prediction\": 0} | question 1-1 has no prediction; 1 of 2 have none",
        "[] | line 1: is not a JSON object",
      })
  void predictionsThatDoNotFitAreNamed(String lines, String problem) throws IOException {
    Path gold =
        Files.writeString(
            folder.resolve("dev.json"),
            """
            [[["Hi."], [{"question": "q", "choice": ["a", "b"], "answer": "a"},
                        {"question": "r", "choice": ["a", "b"], "answer": "b"}], "1"]]
            """);
    Path file = Files.writeString(folder.resolve("p.jsonl"), lines.replace("\\n", "\n") + "\n");
    Cli scored = TaskCommands.score("dream", gold, file);
    assertThat(scored.status()).isEqualTo(2);
    assertThat(scored.err()).contains(file.toString()).contains(problem);
    assertThat(TaskCommands.score("dream", gold, folder.resolve("none")).err())
        .contains("--predictions " + folder.resolve("none") + " does not exist");
    assertThat(TaskCommands.score("dream", folder.resolve("none"), file).err()).contains("none");
  }

  @Test
  void keysAndDataOfOthersAreRefused() throws IOException {
    Path data = writeRace();
    assertThat(finetune(data, 1, "--class-weights", "balanced").err())
        .contains("task race has no classes");
    assertThat(finetune(data, 1, "--doc-stride", "4").err()).contains("not for race");
    Cli narrow =
        Cli.run("finetune", "--task", "race", "--preset", "mini-albert", "--max-seq-length", "3");
    assertThat(narrow.err()).contains("max_seq_length is 3, at least 4 are needed: [CLS], [SEP],");
    Cli resolved =
        Cli.run(
            "finetune", "--task", "race", "--preset", "albert-base", "--data", "x", "--dry-run");
    assertThat(resolved.out())
        .as("Table 14 of the paper, and a step of four sequences a question")
        .contains(
            "learning_rate: 2.0E-5", "batch_size: 32", "max_steps: 12000", "warmup_steps: 1000")
        .contains("hidden_dropout_prob: 0.1", "max_seq_length: 512", "max_qa_length: 128");
  }
}
