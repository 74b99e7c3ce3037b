package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code finetune} of a tiny model on files in GLUE's layout. */
final class FinetuneCommandTest {

  private static final List<String> NOUNS = List.of("film", "story", "plot", "cast", "ending");
  private static final List<String> GOOD = List.of("great", "lovely", "moving");
  private static final List<String> BAD = List.of("dull", "awful", "boring");

  private static final List<String> FLOAT16 =
      List.of(
          "--precision", "float16", "--device", "cpu", "--threads", "1", "--checkpoint-steps", "2");

  @TempDir private Path folder;

  @Test
  void leavesScoresModelsPredictionsAndASubmission() throws IOException {
    data();
    Path output = folder.resolve("run");
    Cli cli = finetune(output, "--eval-steps", "12", "--json");
    assertThat(cli.status()).as(cli.err()).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(cli.out());
    assertThat(json.get("task").asText()).isEqualTo("sst-2");
    assertThat(json.get("n").asInt()).isEqualTo(30);
    assertThat(json.get("protocol").asText()).isEqualTo("last");
    assertThat(json.get("protocols")).hasSize(3);
    assertThat(json.get("scores").get("accuracy").asDouble()).isGreaterThan(0.9);

    LoadedModel model = ModelDirectory.read(output.resolve("checkpoint-best"));
    assertThat(model.head().labels()).containsExactly("0", "1");
    assertThat(model.tokenizerFile()).isNotNull();
    assertThat(Files.readAllLines(output.resolve("predictions/dev.jsonl"))).hasSize(30);
    try (ZipFile zip = new ZipFile(output.resolve("predictions/submission.zip").toFile())) {
      assertThat(zip.stream().map(Object::toString)).containsExactly("SST-2.tsv");
      String text =
          new String(
              zip.getInputStream(zip.getEntry("SST-2.tsv")).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text.lines()).hasSize(31).first().isEqualTo("index\tprediction");
      assertThat(text.lines().skip(1)).allMatch(line -> line.matches("\\d+\t[01]"));
    }
    sameAsScore(output, json);
    samePredictions(output);
    compressed(output, json);
    reported(output);
    again(output);
  }

  /** Beside what its score has to beat. */
  private void reported(Path output) throws IOException {
    Path report = folder.resolve("report-of-one");
    Cli cli = Cli.run("report", output.toString(), "--output", report.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(report.resolve("report.md"))
        .content()
        .contains("| majority guess |", "| bag of words (naive Bayes) |");
  }

  /**
   * The same graph as on a GPU: its record says so, and its predictions are those of its weights.
   */
  @Test
  void trainsInFloat16OnACpu() throws Exception {
    data();
    Path output = folder.resolve("half");
    Cli cli = finetune(output, FLOAT16.toArray(String[]::new));
    assertThat(cli.status()).as(cli.err()).isZero();
    JsonNode record = JsonMapper.builder().build().readTree(output.resolve("run.json").toFile());
    assertThat(record.at("/provenance/execution/precision").asText()).isEqualTo("float16");
    assertThat(record.at("/timings/skipped_steps").isIntegralNumber()).isTrue();
    samePredictions(output);
    goesOnAfterAKill(output);
  }

  private void goesOnAfterAKill(Path unbroken) throws Exception {
    Path output = folder.resolve("killed");
    List<String> options = new ArrayList<>(FLOAT16);
    Process process =
        Cli.start(folder.resolve("log"), arguments(output, options.toArray(String[]::new)));
    while (!Files.exists(output.resolve("state/step-4/state.json"))) {
      assertThat(process.isAlive()).as("alive").isTrue();
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    assertThat(output.resolve("checkpoint")).doesNotExist();
    options.add("--resume");
    Cli cli = finetune(output, options.toArray(String[]::new));
    assertThat(cli.status()).as(cli.err()).isZero();
    for (String file : List.of("checkpoint/model.safetensors", "metrics.jsonl")) {
      assertThat(output.resolve(file)).hasSameBinaryContentAs(unbroken.resolve(file));
    }
  }

  /** Compressed without further training it says what every step leaves of the score. */
  private void compressed(Path output, JsonNode finetuned) throws IOException {
    List<String> arguments =
        List.of(
            "compress",
            "--model",
            output.resolve("checkpoint").toString(),
            "--embedding-size",
            "16",
            "--embedding-steps",
            "2",
            "--distill-steps",
            "0",
            "--task",
            "sst-2",
            "--data",
            folder.toString(),
            "--precision",
            "float32",
            "--output",
            folder.resolve("small").toString(),
            "--json");
    Cli cli = Cli.run(arguments.toArray(String[]::new));
    assertThat(cli.status()).as(cli.err()).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(cli.out());
    assertThat(json.get("scores")).isEqualTo(finetuned.get("scores"));
    assertThat(json.get("settings").get("compress_seed").asInt())
        .as("without a run, whose seed it would be")
        .isEqualTo(1);
    assertThat(json.get("steps")).hasSize(2);
    assertThat(json.get("steps"))
        .allSatisfy(step -> assertThat(step.get("scores").get("accuracy").isDouble()).isTrue());

    List<String> other = new ArrayList<>(arguments);
    other.set(other.indexOf("sst-2"), "wordnet");
    other.set(other.indexOf(folder.resolve("small").toString()), folder.resolve("x").toString());
    Cli wrong = Cli.run(other.toArray(String[]::new));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("--task wordnet needs a model with its head, classification");
    assertThat(folder.resolve("x")).doesNotExist();
    Cli lengthOfNothing =
        Cli.run("compress", "--model", "m", "--max-seq-length", "8", "--output", "x");
    assertThat(lengthOfNothing.status()).isEqualTo(2);
    assertThat(lengthOfNothing.err()).contains("--max-seq-length is the length of --task");
  }

  /** The dev predictions as a submission file get from {@code score} what the run says. */
  private void sameAsScore(Path output, JsonNode json) throws IOException {
    StringBuilder tsv = new StringBuilder("index\tprediction\n");
    int row = 0;
    for (String line : Files.readAllLines(output.resolve("predictions/dev.jsonl"))) {
      String label = JsonMapper.builder().build().readTree(line).get("prediction").asText();
      tsv.append(row++).append('\t').append(label).append('\n');
    }
    Path file = Files.writeString(folder.resolve("dev-predictions.tsv"), tsv);
    Cli score =
        Cli.run(
            "score",
            "--task",
            "sst-2",
            "--gold",
            folder.resolve("glue/SST-2/dev.tsv").toString(),
            "--predictions",
            file.toString(),
            "--json");
    assertThat(JsonMapper.builder().build().readTree(score.out()).get("scores"))
        .isEqualTo(json.get("scores"));
  }

  /** {@code predict} with the last weights says what the run's predictions say. */
  private void samePredictions(Path output) throws IOException {
    StringBuilder texts = new StringBuilder();
    List<String> rows = Files.readAllLines(folder.resolve("glue/SST-2/dev.tsv"));
    rows.stream()
        .skip(1)
        .forEach(
            row -> texts.append("{\"text\": \"").append(row, 0, row.indexOf('\t')).append("\"}\n"));
    Path input = Files.writeString(folder.resolve("texts.jsonl"), texts);
    Cli predict =
        Cli.run(
            "predict",
            "--model",
            output.resolve("checkpoint").toString(),
            "--input",
            input.toString());
    assertThat(predict.status()).as(predict.err()).isZero();
    List<String> expected = Files.readAllLines(output.resolve("predictions/dev.jsonl"));
    List<String> got = predict.out().lines().toList();
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.size(); i++) {
      JsonNode line = JsonMapper.builder().build().readTree(got.get(i));
      JsonNode other = JsonMapper.builder().build().readTree(expected.get(i));
      assertThat(line.get("label")).isEqualTo(other.get("prediction"));
      assertThat(line.get("probabilities").get("1")).isEqualTo(other.get("probabilities").get(1));
    }
  }

  private void again(Path output) {
    Cli same = finetune(output, "--eval-steps", "12");
    assertThat(same.status()).isEqualTo(2);
    assertThat(same.err()).contains("holds a run; --resume continues it");
    Cli other = finetune(output, "--eval-steps", "12", "--learning-rate", "1e-4", "--resume");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("holds another run: its learning_rate is 0.003, given is");
    Cli done = finetune(output, "--eval-steps", "12", "--resume", "--devices", "2");
    assertThat(done.status()).isZero();
    assertThat(done.out()).contains("accuracy");
  }

  @Test
  void devicesThatAreNotThereAreRefusedBeforeAnyWork() {
    Path output = folder.resolve("none");
    refused(output, "17", "devices is 17, on the CPU allowed are 1 to 16");
    refused(output, "some", "devices is 'some', allowed are 1 to 1024 and all in option --devices");
    refused(
        output, "9", "devices is 9, but batch_size is 8: each device needs a part of the batch");
    assertThat(output).doesNotExist();
  }

  private void refused(Path output, String devices, String message) {
    Cli cli =
        finetune(
            output,
            "--device",
            "cpu",
            "--devices",
            devices,
            "--batch-size",
            devices.equals("9") ? "8" : "32");
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains(message).hasLineCount(1);
  }

  @Test
  void publishedSettingsAreShownAndGiveWay() {
    Cli published = Cli.run("finetune", "--task", "mrpc", "--preset", "albert-base", "--dry-run");
    assertThat(published.out())
        .contains("learning_rate: 2.0E-5", "max_steps: 800", "warmup_steps: 200")
        .contains("max_seq_length: 512", "batch_size: 32", "hidden_dropout_prob: 0.0");
    Cli own =
        Cli.run(
            "finetune",
            "--task",
            "mrpc",
            "--preset",
            "albert-base",
            "--epochs",
            "3",
            "--learning-rate",
            "5e-5",
            "--dry-run",
            "--output",
            "x");
    assertThat(own.out())
        .contains("learning_rate: 5.0E-5", "max_steps: 0", "warmup_steps: 0", "epochs: 3");
  }

  @Test
  void aTrainingNeedsAFolder() {
    Cli nowhere = Cli.run("finetune", "--task", "mrpc", "--preset", "mini-albert");
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err()).contains("--output is missing: the folder that the run goes to");
  }

  private Cli finetune(Path output, String... more) {
    return Cli.run(arguments(output, more));
  }

  private String[] arguments(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "finetune",
                "--task",
                "sst-2",
                "--preset",
                "mini-bert",
                "--vocab-size",
                "30522",
                "--hidden-size",
                "32",
                "--embedding-size",
                "32",
                "--num-attention-heads",
                "2",
                "--num-hidden-layers",
                "1",
                "--max-steps",
                "36",
                "--data",
                folder.toString(),
                "--output",
                output.toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--precision")) {
      arguments.addAll(List.of("--precision", "float32"));
    }
    if (!arguments.contains("--learning-rate")) {
      arguments.addAll(List.of("--learning-rate", "3e-3"));
    }
    return arguments.toArray(String[]::new);
  }

  private void data() throws IOException {
    Path sst = Files.createDirectories(folder.resolve("glue/SST-2"));
    StringBuilder labelled = new StringBuilder("sentence\tlabel\n");
    StringBuilder test = new StringBuilder("index\tsentence\n");
    int row = 0;
    for (String noun : NOUNS) {
      for (int i = 0; i < 3; i++) {
        labelled.append("a ").append(GOOD.get(i)).append(' ').append(noun).append("\t1\n");
        labelled.append("a ").append(BAD.get(i)).append(' ').append(noun).append("\t0\n");
        test.append(row++).append("\tthe ").append(noun).append(" is ").append(GOOD.get(i));
        test.append('\n').append(row++).append("\tthe ").append(noun).append(" is ");
        test.append(BAD.get(i)).append('\n');
      }
    }
    Files.writeString(sst.resolve("train.tsv"), labelled);
    Files.writeString(sst.resolve("dev.tsv"), labelled);
    Files.writeString(sst.resolve("test.tsv"), test);
  }
}
