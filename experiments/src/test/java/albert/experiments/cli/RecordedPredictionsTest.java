package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code predict} of a dev set, without further options, gives the values of the run's own
 * predictions, bit for bit; {@code compress --task} begins with the run's scores. Of the texts some
 * are longer than {@code max_seq_length}, and there are more than are sorted together.
 */
final class RecordedPredictionsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> WORDS =
      List.of("film", "story", "plot", "great", "dull", "moving", "and", "the", "awful", "ending");
  private static final int DEV = 1_100;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "sst-2, float32, 1",
    "sst-2, float32, 2",
    "sst-2, bfloat16, 2",
    "sts-b, float32, 2",
    "sts-b, bfloat16, 2"
  })
  void areThoseOfPredict(String task, String precision, int threads) throws IOException {
    boolean regression = task.equals("sts-b");
    Path texts = data(regression);
    Path output = folder.resolve("run");
    Cli trained = finetune(task, precision, threads, output);
    assertThat(trained.status()).as(trained.err()).isZero();
    Cli predict =
        Cli.run(
            "predict",
            "--model",
            output.resolve("checkpoint").toString(),
            "--input",
            texts.toString());
    assertThat(predict.status()).as(predict.err()).isZero();
    List<String> expected = Files.readAllLines(output.resolve("predictions/dev.jsonl"));
    List<String> got = predict.out().lines().toList();
    assertThat(got).hasSize(DEV).hasSameSizeAs(expected);
    for (int i = 0; i < DEV; i++) {
      JsonNode line = JSON.readTree(got.get(i));
      JsonNode recorded = JSON.readTree(expected.get(i));
      if (regression) {
        assertThat(line.get("score")).as("row %d", i).isEqualTo(recorded.get("prediction"));
      } else {
        assertThat(line.get("label")).isEqualTo(recorded.get("prediction"));
        assertThat(line.get("probabilities").get("0"))
            .as("row %d", i)
            .isEqualTo(recorded.get("probabilities").get(0));
      }
    }
    compressed(task, output, JSON.readTree(trained.out()).get("scores"));
  }

  private void compressed(String task, Path output, JsonNode scores) throws IOException {
    Cli cli =
        Cli.run(
            "compress",
            "--model",
            output.resolve("checkpoint").toString(),
            "--embedding-size",
            "16",
            "--embedding-steps",
            "1",
            "--distill-steps",
            "0",
            "--task",
            task,
            "--data",
            folder.toString(),
            "--output",
            folder.resolve("small").toString(),
            "--json");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(JSON.readTree(cli.out()).get("scores")).isEqualTo(scores);
  }

  private Cli finetune(String task, String precision, int threads, Path output) {
    return Cli.run(
        "finetune",
        "--task",
        task,
        "--preset",
        "mini-bert",
        "--vocab-size",
        "30522",
        "--hidden-size",
        "64",
        "--embedding-size",
        "64",
        "--num-attention-heads",
        "2",
        "--num-hidden-layers",
        "2",
        "--max-steps",
        "6",
        "--batch-size",
        "8",
        "--learning-rate",
        "3e-4",
        "--max-seq-length",
        "11",
        "--no-submission",
        "--precision",
        precision,
        "--threads",
        String.valueOf(threads),
        "--data",
        folder.toString(),
        "--output",
        output.toString(),
        "--json");
  }

  /**
   * Writes a data set in GLUE's layout.
   *
   * @return its dev texts as JSON lines
   */
  private Path data(boolean regression) throws IOException {
    Path glue = Files.createDirectories(folder.resolve(regression ? "glue/STS-B" : "glue/SST-2"));
    Random random = new Random(3);
    StringBuilder lines = new StringBuilder();
    for (String part : List.of("train", "dev")) {
      List<String> rows = new ArrayList<>();
      rows.add(regression ? "sentence1\tsentence2\tscore" : "sentence\tlabel");
      int examples = part.equals("dev") ? DEV : 40;
      for (int i = 0; i < examples; i++) {
        String text = words(random);
        String pair = words(random);
        rows.add(
            regression
                ? String.format(Locale.ROOT, "%s\t%s\t%.3f", text, pair, 5 * random.nextDouble())
                : text + "\t" + i % 2);
        if (part.equals("dev")) {
          ObjectNode line = JSON.createObjectNode().put("text", text);
          lines.append(regression ? line.put("pair", pair) : line).append('\n');
        }
      }
      Files.write(glue.resolve(part + ".tsv"), rows);
    }
    return Files.writeString(folder.resolve("texts.jsonl"), lines);
  }

  private static String words(Random random) {
    List<String> words = new ArrayList<>();
    int length = 1 + random.nextInt(14);
    for (int i = 0; i < length; i++) {
      words.add(WORDS.get(random.nextInt(WORDS.size())));
    }
    return String.join(" ", words);
  }
}
