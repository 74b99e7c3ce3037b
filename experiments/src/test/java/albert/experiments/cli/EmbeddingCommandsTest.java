package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import albert.experiments.checkpoint.TinyCheckpoint;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code encode --pool}, {@code search} and {@code evaluate-embeddings}. */
final class EmbeddingCommandsTest {
  private static final String MINILM = "maven:all-MiniLM-L6-v2";
  private static final Path GOLDEN = Path.of("../model/src/test/resources/golden/minilm");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private Cli encode(String model, Path input, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("encode", "--model", model, "--input", input.toString()));
    arguments.addAll(List.of("--output", folder.resolve("out.safetensors").toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private FloatTensor embedding() {
    Safetensors out = Safetensors.open(folder.resolve("out.safetensors"));
    assertThat(out.entries()).containsOnlyKeys("sentence_embedding");
    return (FloatTensor) out.read("sentence_embedding");
  }

  private static void assertRefused(Cli cli, String words) {
    assertThat(cli.err()).contains(words);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.status()).isEqualTo(2);
  }

  /** Against what PyTorch pooled; as tensors with padding, and as texts without. */
  @ParameterizedTest
  @CsvSource({"true, mean", "false, cls"})
  void vectorsAreThoseOfPyTorch(boolean tensors, String pool) throws IOException {
    Safetensors golden = Safetensors.open(GOLDEN.resolve("forward.safetensors"));
    Path input = golden.file();
    if (!tensors) {
      List<String> lines = new ArrayList<>();
      for (JsonNode entry : JSON.readTree(GOLDEN.resolve("texts.json").toFile())) {
        Map<String, JsonNode> line = new TreeMap<>(Map.of("text", entry.get(0)));
        if (entry.size() > 1) {
          line.put("pair", entry.get(1));
        }
        lines.add(JSON.writeValueAsString(line));
      }
      input = Files.write(folder.resolve("texts.jsonl"), lines);
    }
    Cli cli = encode(MINILM, input, "--pool", pool, "--batch-size", "5", "--json");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(JSON.readTree(cli.out()).get("tensors").toString())
        .isEqualTo("{\"sentence_embedding\":[12,384]}");
    HostTensor expected = golden.read(pool.equals("cls") ? "sequence_output" : "mean_pooled");
    float[] found = embedding().values();
    float[] wanted = ((FloatTensor) expected).values();
    int stride = wanted.length / 12;
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < found.length; i++) {
      float value = wanted[i / 384 * stride + i % 384];
      largest = Math.max(largest, Math.abs(value));
      difference = Math.max(difference, Math.abs((double) found[i] - value));
    }
    assertThat(difference).isCloseTo(0, within(1e-5 * largest));
  }

  @Test
  void normalisedVectorsHaveLengthOne() throws IOException {
    String model = TinyCheckpoint.write(folder.resolve("model"), 1).toString();
    Path input = write("in.jsonl", "{\"text\": \"the dog\"}", "{\"text\": \"\"}");
    assertThat(encode(model, input, "--pool", "cls", "--normalise").status()).isZero();
    float[] values = embedding().values();
    for (int row = 0; row < 2; row++) {
      double squares = 0;
      for (int i = row * 16; i < (row + 1) * 16; i++) {
        squares += (double) values[i] * values[i];
      }
      assertThat(squares).isCloseTo(1, within(1e-6));
    }
    assertRefused(encode(model, input, "--normalise"), "--normalise is for the vectors of --pool");
    assertRefused(
        encode(model, input, "--pool", "cls", "--hidden"), "--hidden and --pool are both");
    assertRefused(
        encode(model, input, "--pool", "Mean"),
        "--pool is 'Mean' (did you mean 'mean'?), allowed are mean, cls, auto");
  }

  private Cli search(String model, Path index, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("search", "--model", model, "--index", index.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void aQueryFindsWhatMeansTheSame() throws IOException {
    Path text =
        write(
            "p.txt",
            "The recipe needs two eggs.",
            "",
            "A \u001b[31mdog\u001b[0m barked all night.");
    Cli list = search(MINILM, text, "--query", "the puppy was loud", "--top", "1");
    assertThat(list.status()).as(list.err()).isZero();
    assertThat(list.out())
        .matches("  1  0\\.\\d{4}  line 3  A  \\[31mdog \\[0m barked all night\\.\n");
    Path lines =
        write(
            "p.jsonl",
            "{\"id\": 7, \"text\": \"The recipe needs two eggs.\"}",
            "{\"id\": \"dog\", \"text\": \"A dog barked all night.\"}");
    String tiny = TinyCheckpoint.write(folder.resolve("model"), 1).toString();
    Cli json = search(tiny, lines, "--query", "A dog barked all night.", "--json");
    JsonNode results = JSON.readTree(json.out()).get("results");
    assertThat(results).hasSize(2);
    assertThat(results.get(0).get("rank").asInt()).isEqualTo(1);
    assertThat(results.get(0).get("id").asText()).isEqualTo("dog");
    assertThat(results.get(0).get("line").asInt()).isEqualTo(2);
    assertThat(results.get(0).get("text").asText()).isEqualTo("A dog barked all night.");
    assertThat(results.get(1).get("id").isInt()).isTrue();
    assertThat(results.get(0).get("score").asDouble())
        .isGreaterThan(results.get(1).get("score").asDouble());
  }

  @Test
  void queriesOfAFileGetALineEachWithTheirOtherKeys() throws IOException {
    String model = TinyCheckpoint.write(folder.resolve("model"), 1).toString();
    Path index = write("p.txt", "one", "two", "three");
    Path input =
        write(
            "q.jsonl",
            "{\"text\": \"two\", \"id\": 1.50, \"results\": 3}",
            "{\"text\": \"three\"}");
    Cli lines = search(model, index, "--input", input.toString(), "--top", "2");
    assertThat(lines.status()).as(lines.err()).isZero();
    List<String> out = lines.out().lines().toList();
    assertThat(out).hasSize(2);
    assertThat(out.get(0))
        .startsWith("{\"id\":1.50,\"input_results\":3,\"results\":[{\"rank\":1,\"score\":")
        .contains("\"line\":2,\"text\":\"two\"},{\"rank\":2,");
    assertThat(JSON.readTree(out.get(1)).get("results").get(0).get("text").asText())
        .isEqualTo("three");
    Cli json = search(model, index, "--input", input.toString(), "--top", "2", "--json");
    JsonNode all = JSON.readTree(json.out());
    assertThat(all).hasSize(2);
    assertThat(all.get(1)).isEqualTo(JSON.readTree(out.get(1)));
  }

  @Test
  void whatCanNotBeSearchedIsSaidInALine() throws IOException {
    String model = TinyCheckpoint.write(folder.resolve("model"), 1).toString();
    Path index = write("p.txt", "one");
    assertRefused(search(model, index), "needed is --query TEXT or --input FILE");
    assertRefused(search(model, index, "--query", "a", "--input", "b"), "are both given");
    assertRefused(search(model, index, "--query", "a", "--top", "0"), "--top is 0, allowed are 1");
    assertRefused(
        search(model, folder.resolve("none.txt"), "--query", "a"), "none.txt does not exist");
    assertRefused(search(model, write("e.txt", ""), "--query", "a"), "there is no passage in it");
    assertRefused(
        search("../model/src/test/resources/golden/hf/albert-regression", index, "--query", "a"),
        "has no tokenizer");
    Path bad = write("q.jsonl", "{\"text\": \"a\"}", "[]");
    assertRefused(
        search(model, index, "--input", bad.toString()), "q.jsonl, line 2: is not a JSON object");
    assertRefused(
        Cli.run("evaluate-embeddings", "--task", "sst-2", "--model", model),
        "--task is 'sst-2', allowed are sts-b, squad-v1.1");
  }

  @Test
  void aPassageWhoseVectorIsNoNumberIsNamed() throws IOException {
    LoadedModel read = ModelDirectory.read(TinyCheckpoint.write(folder.resolve("model"), 1));
    for (String table : List.of("word_embeddings", "token_type_embeddings")) {
      float[] values =
          Objects.requireNonNull(read.weights().get("bert/embeddings/" + table)).values();
      values[table.startsWith("word") ? 3_899 * 16 : 0] = 3e38f; // the id of "dog"
    }
    Path broken = folder.resolve("broken");
    CheckpointDirectory.write(broken, read);
    Cli cli = search(broken.toString(), write("p.txt", "cat", "", "a dog"), "--query", "b");
    assertThat(cli.err()).contains("p.txt, line 3: the model's output is NaN or infinite");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.status()).isEqualTo(1);
  }

  @Test
  void embeddingsOfRealPairsAreScoredBesideTheirWords() throws IOException {
    String data = System.getenv("ALBERT_DATA");
    assumeThat(data).as("needs glue/STS-B: set ALBERT_DATA to the data folder").isNotNull();
    List<String> rows = Files.readAllLines(Path.of(data, "glue/STS-B/dev.tsv")).subList(0, 301);
    write("dev.tsv", rows.toArray(String[]::new));
    Cli cli =
        Cli.run(
            "evaluate-embeddings",
            "--task",
            "sts-b",
            "--model",
            MINILM,
            "--data",
            folder.toString(),
            "--json");
    assertThat(cli.status()).as(cli.err()).isZero();
    JsonNode json = JSON.readTree(cli.out());
    assertThat(json.get("task").asText()).isEqualTo("sts-b");
    assertThat(json.get("n").asInt()).isEqualTo(300);
    assertThat(json.get("protocol").asText())
        .isEqualTo("no training steps, cosine of mean embeddings, dev");
    JsonNode words = json.get("references").get(0);
    assertThat(words.get("name").asText()).isEqualTo("word overlap (cosine)");
    for (String metric : List.of("pearson", "spearman")) {
      assertThat(json.get("scores").get(metric).asDouble())
          .isBetween(words.get("scores").get(metric).asDouble() + 0.05, 1.0);
    }
  }

  @Test
  void questionsFindTheirParagraphs() throws IOException {
    write(
        "dev-v1.1.json",
        "{\"version\": \"1.1\", \"data\": [{\"title\": \"t\", \"paragraphs\": ["
            + "{\"context\": \"The cat sleeps.\", \"qas\": [{\"id\": \"1\", \"question\": \"What does"
            + " the cat do?\", \"answers\": [{\"text\": \"sleeps\", \"answer_start\": 8}]}]},"
            + "{\"context\": \"Rain falls.\", \"qas\": [{\"id\": \"2\", \"question\": \"Is the weather"
            + " wet?\", \"answers\": [{\"text\": \"Rain\", \"answer_start\": 0}]}]}]}]}");
    Cli cli =
        Cli.run(
            "evaluate-embeddings",
            "--task",
            "squad-v1.1",
            "--model",
            MINILM,
            "--data",
            folder.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    List<String> out = cli.out().lines().toList();
    assertThat(out)
        .hasSize(13)
        .startsWith(
            "squad-v1.1, n 2, no training steps, cosine of mean embeddings, dev, among 2 paragraphs",
            "  recall@1               1.0000")
        .contains("squad-v1.1, n 2, BM25, no training steps, among 2 paragraphs");
    // the second question shares no word with either
    assertThat(out.get(8)).isEqualTo("  recall@1               0.5000");
    assertThat(out.get(11)).isEqualTo("  mrr@10                 0.7500");
  }
}
