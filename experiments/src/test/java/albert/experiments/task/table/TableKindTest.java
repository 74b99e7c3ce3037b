package albert.experiments.task.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.experiments.cli.Cli;
import albert.experiments.cli.TaskCommands;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody's own data from a table to scores and a report, through the commands. */
final class TableKindTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> NOUNS = List.of("film", "book", "song", "play", "story");
  private static final List<String> GOOD = List.of("great", "lovely", "moving");
  private static final List<String> BAD = List.of("dull", "awful", "boring");

  @TempDir private Path folder;

  /** Thirty sentences with a verdict, a set of labels and a number, as well as another column. */
  private Path table() throws IOException {
    StringBuilder rows = new StringBuilder("id,text,title,verdict,tags,stars\n");
    for (int i = 0; i < 30; i++) {
      boolean good = i % 2 == 0;
      String word = (good ? GOOD : BAD).get(i / 2 % 3);
      String noun = NOUNS.get(i / 6);
      String tags = (good ? "pos" : "neg") + (noun.equals("song") ? "|music" : "");
      rows.append(i)
          .append(",\"the ")
          .append(noun)
          .append(" is ")
          .append(word)
          .append(", \"\"really\"\"\",")
          .append(noun)
          .append(' ')
          .append(word)
          .append(good ? ",=pos()," : ",<b>neg,")
          .append(tags)
          .append(good ? ",1.5\n" : ",-1.5\n");
    }
    return Files.writeString(folder.resolve("reviews.csv"), rows);
  }

  private static final List<String> MODEL =
      List.of(
          "--preset",
          "mini-albert",
          "--vocab-size",
          "30522",
          "--hidden-size",
          "64",
          "--embedding-size",
          "32",
          "--num-attention-heads",
          "2",
          "--num-hidden-layers",
          "1",
          "--max-seq-length",
          "16",
          "--batch-size",
          "8",
          "--learning-rate",
          "2e-3",
          "--hidden-dropout-prob",
          "0",
          "--attention-probs-dropout-prob",
          "0",
          "--classifier-dropout-prob",
          "0",
          "--eval-steps",
          "1000000",
          "--precision",
          "float32",
          "--threads",
          "1",
          "--json");

  private Cli finetune(String name, String... more) {
    List<String> all = new ArrayList<>(List.of("finetune", "--task", "csv"));
    all.addAll(MODEL);
    all.addAll(List.of("--output", folder.resolve(name).toString()));
    all.addAll(List.of(more));
    return Cli.run(all.toArray(String[]::new));
  }

  private static JsonNode json(Cli cli) throws IOException {
    assertThat(cli.status()).as(cli.err()).isZero();
    return JSON.readTree(cli.out());
  }

  private Cli predict(Path model, String lines) throws IOException {
    String[] asTrained = {"--precision", "float32", "--threads", "1", "--max-seq-length", "16"};
    return TaskCommands.predict(model, folder.resolve("lines.jsonl"), lines, asTrained);
  }

  @Test
  void oneLabelIsLearntScoredAndPredicted() throws IOException {
    String data = table().toString();
    JsonNode summary =
        json(
            finetune(
                "run",
                "--data",
                data,
                "--label-column",
                "verdict",
                "--dev-share",
                "0.3",
                "--max-steps",
                "120"));
    assertThat(summary.at("/scores/accuracy").asDouble()).isGreaterThan(0.85);
    assertThat(summary.at("/scores").properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly("accuracy", "macro_f1", "micro_f1");
    assertThat(summary.path("n").asInt()).isEqualTo(9);
    Path dev = folder.resolve("run/predictions/dev.jsonl");
    assertThat(Files.readAllLines(dev)).hasSize(9);
    JsonNode record = JSON.readTree(folder.resolve("run/run.json").toFile());
    assertThat(record.at("/data/0/source").asText())
        .isEqualTo(
            "own data: reviews.csv; 9 of 30 examples held out as dev by the hash of their texts");
    assertThat(record.at("/config/label_column").asText()).isEqualTo("verdict");
    assertThat(record.at("/config").has("pair_column")).isFalse();

    JsonNode scored =
        json(
            Cli.run(
                "score",
                "--task",
                "csv",
                "--gold",
                dev.toString(),
                "--predictions",
                dev.toString(),
                "--json"));
    assertThat(scored.path("scores")).isEqualTo(summary.path("scores"));

    Cli predicted = predict(folder.resolve("run"), "{\"id\": 1, \"text\": \"the film is dull\"}\n");
    JsonNode line = JSON.readTree(predicted.out());
    assertThat(line.path("label").asText()).isEqualTo("<b>neg");
    assertThat(line.path("probabilities").has("=pos()")).isTrue();
    assertThat(predict(folder.resolve("run"), "{\"text\": \"a\", \"pair\": \"b\"}\n").err())
        .contains("line 1: there is a pair, but the model was trained for csv");

    Cli again =
        finetune(
            "run",
            "--data",
            data,
            "--label-column",
            "tags",
            "--dev-share",
            "0.3",
            "--max-steps",
            "120",
            "--resume");
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("its label_column is verdict, given is tags");
  }

  @Test
  void severalLabelsAreLearntPredictedAndConverted() throws IOException {
    Files.move(table(), folder.resolve("train.csv"));
    Files.move(table(), folder.resolve("dev.csv"));
    String data = folder.toString();
    String[] keys = {
      "--label-column", "tags", "--label-kind", "multi", "--max-steps", "400", "--data", data
    };
    JsonNode summary = json(finetune("run", keys));
    assertThat(summary.at("/scores/accuracy").asDouble()).isEqualTo(1);
    assertThat(summary.at("/scores/macro_f1").asDouble()).isEqualTo(1);
    assertThat(summary.path("n").asInt()).isEqualTo(30);
    assertThat(Files.readAllLines(folder.resolve("run/predictions/dev.jsonl")))
        .allMatch(line -> line.contains("\"label\":[\"") && line.contains("\"prediction\":[\""));

    String lines =
        """
        {"text": "the song is lovely"}
        {"text": "the film is dull", "labels": ["mine"]}
        {"text": "[CLS] </text> the song is awful, and this text is much longer than sixteen pieces are, really"}
        {"text": ""}
        """;
    Cli predicted = predict(folder.resolve("run"), lines);
    assertThat(predicted.status()).as(predicted.err()).isZero();
    List<String> results = predicted.out().lines().toList();
    assertThat(results).hasSize(4);
    assertThat(JSON.readTree(results.get(0)).path("labels").toString())
        .isEqualTo("[\"music\",\"pos\"]");
    JsonNode second = JSON.readTree(results.get(1));
    assertThat(second.path("labels").toString()).isEqualTo("[\"neg\"]");
    assertThat(second.path("input_labels").toString()).isEqualTo("[\"mine\"]");
    for (int i = 0; i < 4; i++) {
      Cli alone = predict(folder.resolve("run"), lines.lines().toList().get(i) + "\n");
      JsonNode own = JSON.readTree(alone.out()).path("probabilities");
      JsonNode together = JSON.readTree(results.get(i)).path("probabilities");
      for (String label : List.of("music", "neg", "pos")) {
        assertThat(own.path(label).asDouble())
            .as("line %d, %s: by itself as among others", i, label)
            .isCloseTo(together.path(label).asDouble(), within(1e-6));
      }
    }

    Path hf = folder.resolve("hf");
    Cli converted =
        Cli.run(
            "convert",
            "--model",
            folder.resolve("run").toString(),
            "--to",
            "hf",
            "--output",
            hf.toString());
    assertThat(converted.status()).as(converted.err()).isZero();
    assertThat(Files.readString(hf.resolve("config.json")))
        .contains("AlbertForSequenceClassification", "multi_label_classification", "music");
    assertThat(predict(hf, lines).out()).isEqualTo(predicted.out());
  }

  @Test
  void numbersAreLearntOfPairs() throws IOException {
    String data = table().toString();
    String[] keys = {
      "--text-column",
      "title",
      "--pair-column",
      "text",
      "--label-column",
      "stars",
      "--label-kind",
      "number",
      "--max-steps",
      "120",
      "--dev-share",
      "0.3",
      "--data",
      data
    };
    JsonNode summary = json(finetune("run", keys));
    assertThat(summary.at("/scores/pearson").asDouble()).isGreaterThan(0.8);
    assertThat(summary.at("/scores/rmse").asDouble()).isLessThan(1);
    assertThat(summary.at("/scores").has("spearman")).isTrue();
    assertThat(predict(folder.resolve("run"), "{\"text\": \"film great\"}\n").err())
        .contains("there is no pair, but the model was trained for csv, a task of pairs");
    assertThat(
            predict(
                    folder.resolve("run"),
                    "{\"text\": \"film great\", \"pair\": \"the film is great\"}\n")
                .out())
        .contains("\"score\"");
  }

  @Test
  void aStudyOfColumnsIsPlannedRunAndReported() throws IOException {
    Path data = table();
    Path study =
        Files.writeString(
            folder.resolve("columns.yaml"),
            """
            study: columns
            question: Are titles enough?
            base: {task: csv, label_column: verdict, dev_share: 0.3, preset: mini-albert, vocab_size: 30522, hidden_size: 32,
              embedding_size: 16, num_attention_heads: 2, num_hidden_layers: 1, max_seq_length: 16,
              batch_size: 8, learning_rate: 5.0e-3, max_steps: 20, threads: 1}
            vary: {text_column: [text, title]}
            baseline: {text_column: text}
            seeds: [1, 2]
            analysis: {primary: macro_f1}
            """);
    String[] command = {
      "run",
      study.toString(),
      "--data",
      data.toString(),
      "--runs",
      folder.resolve("runs").toString()
    };
    List<String> planned = new ArrayList<>(List.of(command));
    planned.add("--dry-run");
    Cli dry = Cli.run(planned.toArray(String[]::new));
    assertThat(dry.status()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("4 runs, 0 done", "csv: ");
    Cli ran = Cli.run(command);
    assertThat(ran.status()).as(ran.err()).isZero();
    Path report = folder.resolve("report");
    Cli reported =
        Cli.run("report", folder.resolve("runs/columns").toString(), "--output", report.toString());
    assertThat(reported.status()).as(reported.err()).isZero();
    String page = Files.readString(report.resolve("report.html"));
    assertThat(page)
        .contains("(baseline) takes for what, csv dev over 2 seeds", "&lt;b&gt;neg")
        .doesNotContain("<b>neg");
    assertThat(Files.readString(report.resolve("report.md")))
        .contains("macro f1", "majority guess", "bag of words (naive Bayes)");
    List<String> texts = new ArrayList<>();
    for (JsonNode run : runs()) {
      texts.add(run.at("/data/0/sha256").asText());
    }
    assertThat(texts).hasSize(4);
    assertThat(texts.stream().distinct()).as("each column is data of its own").hasSize(2);
  }

  private List<JsonNode> runs() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    try (var files = Files.walk(folder.resolve("runs"))) {
      for (Path file : files.filter(path -> path.endsWith("run.json")).toList()) {
        records.add(JSON.readTree(file.toFile()));
      }
    }
    return records;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "--label-column nothing ! reviews.csv, line 1: no column is called 'nothing', as"
            + " label_column says; the columns are 'id', 'text', 'title', 'verdict', 'tags',"
            + " 'stars'",
        "--label-column verdict --label-kind number ! reviews.csv, line 2: the label is '=pos()',"
            + " needed is a number",
        "--label-column verdict --labels x ! labels is [x], needed are 2 or more different labels",
        "--label-column stars --label-kind number --labels 1|2 ! labels is given, but label_kind is"
            + " number",
        "--label-column verdict --labels x|y ! line 2: the label is '=pos()', known are x, y",
        "--label-column verdict --dev-share 1 ! dev_share is 1.0, allowed is 0 to below 1",
        "--label-column verdict --text-column verdict ! needed are different ones",
        "--label-kind several ! label_kind is 'several', allowed are single, multi, number",
        "--label-column verdict --doc-stride 3 ! doc_stride is given, but it is for squad-v1.1"
      })
  void whatIsWrongIsSaidBeforeWork(String options, String message) throws IOException {
    List<String> all = new ArrayList<>(List.of("--data", table().toString()));
    all.addAll(List.of(options.split(" ", -1)));
    Cli cli = finetune("run", all.toArray(String[]::new));
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains(message);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(folder.resolve("run/run.json")).doesNotExist();
  }

  /** What a run would refuse, its dry run refuses too. */
  @Test
  void aDryRunOfBadDataFails() throws IOException {
    Cli cli =
        finetune("run", "--data", table().toString(), "--label-column", "nothing", "--dry-run");
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("reviews.csv, line 1: no column is called 'nothing'");
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void anUnknownTaskSaysHowToUseOnesOwnFile() throws IOException {
    assertThat(Cli.run("finetune", "--task", "reviews", "--dry-run").err())
        .contains("for data of your own: --task csv --data FILE");
    assertThat(
            Cli.run("score", "--task", "reviews", "--gold", "a.csv", "--predictions", "b.csv")
                .err())
        .contains("for data of your own: --task csv");
    assertThat(
            Cli.run(
                    "finetune",
                    "--task",
                    "mrpc",
                    "--preset",
                    "mini-albert",
                    "--label-column",
                    "x",
                    "--dry-run")
                .err())
        .contains("label_column is given, but it is for csv, not for mrpc");
  }

  @Test
  void whatIsOddInTheDataIsNoted() throws IOException {
    Files.writeString(
        folder.resolve("train.csv"), "text,label\nsame,200\nsame,900\nother,100\n,5\n");
    Files.writeString(folder.resolve("dev.csv"), "text,label\nsame,200\nelse,3\n");
    json(
        finetune("run", "--data", folder.toString(), "--label-kind", "number", "--max-steps", "1"));
    JsonNode record = JSON.readTree(folder.resolve("run/run.json").toFile());
    assertThat(record.path("notes").toString())
        .contains("1 training texts stand there with different labels, the first in lines 2 and 3")
        .contains("1 of 2 dev texts are in train too")
        .contains("1 training texts are empty")
        .contains("the numbers have a mean of 301.3");
  }

  @Test
  void predictionsOfAnybodyAreScored() throws IOException {
    Path gold = Files.writeString(folder.resolve("gold.csv"), "text,class\na,x\nb,y\nc,x\nd,z\n");
    Path given = Files.writeString(folder.resolve("p.tsv"), "prediction\nx\nx\nx\nx\n");
    JsonNode scores = json(score(gold, given, "--label-column", "class")).path("scores");
    assertThat(scores.path("accuracy").asDouble()).isEqualTo(0.5);
    assertThat(scores.path("macro_f1").asDouble()).isCloseTo(2.0 / 3 / 3, within(1e-12));
    assertThat(scores.path("micro_f1").asDouble()).isEqualTo(0.5);
    assertThat(score(gold, given, "--label-column", "class", "--labels", "x|y").err())
        .contains("gold.csv, line 5: the label is 'z', known are x, y");
    Path fewer = Files.writeString(folder.resolve("q.tsv"), "prediction\nx\n");
    assertThat(score(gold, fewer, "--label-column", "class").err())
        .contains("q.tsv: it has 1 rows, " + gold + " has 4");
    assertThat(score(gold, gold, "--label-column", "class").err())
        .contains(
            "gold.csv, line 1: no column is called prediction or label; the columns are 'text',");
    Path lines =
        Files.writeString(
            folder.resolve("p.jsonl"),
            "{\"labels\": [\"x\", \"y\"]}\n{\"labels\": []}\n{\"labels\": [\"y\"]}\n");
    Path sets = Files.writeString(folder.resolve("sets.csv"), "text,labels\na,x;y\nb,\nc,x\n");
    JsonNode many =
        json(score(sets, lines, "--label-kind", "multi", "--label-separator", ";")).path("scores");
    assertThat(many.path("accuracy").asDouble()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(many.path("macro_f1").asDouble()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(
            Cli.run(
                    "score",
                    "--task",
                    "mrpc",
                    "--gold",
                    gold.toString(),
                    "--predictions",
                    given.toString(),
                    "--label-kind",
                    "multi")
                .err())
        .contains("--label-kind is not for --task mrpc");
  }

  private static Cli score(Path gold, Path predictions, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--task",
                "csv",
                "--gold",
                gold.toString(),
                "--predictions",
                predictions.toString(),
                "--json"));
    all.addAll(List.of(more));
    return Cli.run(all.toArray(String[]::new));
  }
}
