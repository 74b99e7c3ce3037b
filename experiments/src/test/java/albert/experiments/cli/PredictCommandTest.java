package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.io.CheckpointDirectory;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.tensor.FloatTensor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of {@code predict}: what is handed through, what is refused, what is said. */
final class PredictCommandTest {

  static final Path CASES = Path.of("src/test/resources/cases");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;
  private Path model = Path.of("");

  /** The weights of a case that can't be read, mended. */
  @BeforeEach
  void writeModel() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    for (String name : List.of("config.json", "vocab.txt")) {
      Files.copy(CASES.resolve("not-a-number/model").resolve(name), model.resolve(name));
    }
    byte[] weights = Files.readAllBytes(CASES.resolve("not-a-number/model/model.safetensors"));
    Files.write(model.resolve("model.safetensors"), mended(weights));
    model = checkpoint(folder.resolve("run/checkpoint"), HeadKind.CLASSIFICATION, Map.of());
  }

  /** NaN, as little-endian bytes, becomes 0. */
  private static byte[] mended(byte[] weights) {
    byte[] copy = weights.clone();
    int mended = 0;
    for (int i = Long.BYTES; i + 3 < copy.length; i++) {
      boolean nan = copy[i + 3] == 0x7f && copy[i + 2] == (byte) 0xc0;
      if (nan && copy[i] == 0 && copy[i + 1] == 0) {
        copy[i + 2] = 0;
        copy[i + 3] = 0;
        mended++;
      }
    }
    assertThat(mended).isEqualTo(1);
    return copy;
  }

  /** The encoder with a head whose weights are as told, the others zero. */
  private Path checkpoint(Path directory, HeadKind kind, Map<String, Float> values)
      throws IOException {
    LoadedModel read = ModelDirectory.read(folder.resolve("model"));
    Map<String, FloatTensor> weights = new TreeMap<>(read.weights());
    weights.keySet().removeIf(name -> name.startsWith("output_"));
    boolean spans = kind == HeadKind.QUESTION_ANSWERING;
    int outputs = kind == HeadKind.REGRESSION ? 1 : 2;
    String prefix = spans ? "cls/squad/output_" : "output_";
    weights.put(prefix + "weights", filled(values.getOrDefault("weights", 0.5f), outputs, 16));
    weights.put(prefix + "bias", filled(values.getOrDefault("bias", 0f), outputs));
    values.forEach(
        (name, value) -> {
          FloatTensor tensor = weights.get(name);
          if (tensor != null) {
            Arrays.fill(tensor.values(), value);
          }
        });
    if (spans) {
      weights.keySet().removeIf(name -> name.contains("pooler"));
    }
    HeadDescription head =
        kind == HeadKind.CLASSIFICATION
            ? new HeadDescription(kind, List.of("no", "yes"))
            : HeadDescription.of(kind);
    CheckpointDirectory.write(
        directory, new LoadedModel(read.config(), head, weights, read.tokenizerFile(), List.of()));
    return directory;
  }

  private static FloatTensor filled(float value, int... shape) {
    long[] dimensions = Arrays.stream(shape).asLongStream().toArray();
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 0 ? value : -value / 2;
    }
    return FloatTensor.of(values, dimensions);
  }

  @Test
  void keysAreHandedThroughBeforeOurs() throws IOException {
    Cli cli =
        predict(
            "{\"id\": 12345678901234567890, \"text\": \"the dog\", \"weight\": 1.50, \"tags\": {\"a\": [null]}}",
            "{\"label\": \"x\", \"text\": \"\", \"input_label\": 1, \"probabilities\": null}");
    assertThat(cli.status()).as(cli.err()).isZero();
    List<String> lines = cli.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .startsWith(
            "{\"id\":12345678901234567890,\"weight\":1.50,\"tags\":{\"a\":[null]},\"label\":\"");
    JsonNode second = JSON.readTree(lines.get(1));
    assertThat(second.properties().stream().map(Map.Entry::getKey))
        .containsExactly(
            "input_input_label", "input_label", "input_probabilities", "label", "probabilities");
    assertThat(second.get("input_input_label").asText()).isEqualTo("x");
    assertThat(second.get("input_label").asInt()).isEqualTo(1);
    assertThat(second.get("label").asText()).isIn("no", "yes");
    for (String line : lines) {
      JsonNode probabilities = JSON.readTree(line).get("probabilities");
      double no = probabilities.get("no").doubleValue();
      assertThat((double) (float) no).as("float32 as it is printed").isCloseTo(no, offset());
      assertThat(probabilities.get("no").toString().length()).isLessThan(14);
    }
  }

  private static Offset<Double> offset() {
    return Offset.offset(1e-7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\": \"a\"}~~{\"text\": \"b\"}| line 2: is empty, needed on every line is {\"text\": …}",
        "{\"text\": \"a\"}~ ~| line 2: is empty",
        "{\"text\": \"a\"}~{\"id\": 1}| line 2: has no key text",
      })
  void everyLineIsARecord(String lines, String message) throws IOException {
    Cli cli = predict(lines.split("~", -1));
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("in.jsonl, " + message);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sst-2|b|there is a pair, but the model was trained for sst-2, a task of single texts",
        "mrpc||there is no pair, but the model was trained for mrpc, a task of pairs",
      })
  void pairsAreForTasksOfPairs(String task, String pair, String message) throws IOException {
    Files.writeString(model.resolve("run_config.json"), "{\"task\": \"" + task + "\"}");
    String single = "{\"text\": \"a\"}";
    String both = "{\"text\": \"a\", \"pair\": \"b\"}";
    String wrong = pair == null ? single : both;
    Cli cli = predict(pair == null ? both : single, wrong);
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("in.jsonl, line 2: " + message);
    assertThat(cli.err().lines()).hasSize(1);
    Files.delete(model.resolve("run_config.json"));
    assertThat(predict(single, both).status()).as("of no known task").isZero();
  }

  @Test
  void textsAreCutToTheLengthThatIsAskedForAndItIsSaid() throws IOException {
    String full = "{\"text\": \"the dog and the cat\"}";
    String start = "{\"text\": \"the dog\"}";
    Cli cut = run("predict", model, List.of(full, start, full), "--max-seq-length", "4");
    assertThat(cut.status()).as(cut.err()).isZero();
    assertThat(cut.err()).isEqualTo("albert: 2 of 3 texts were cut to 4 pieces\n");
    List<String> lines = cut.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo(lines.get(1)).isEqualTo(lines.get(2));
    Cli whole = predict(full, start);
    assertThat(whole.err()).isEmpty();
    assertThat(whole.out().lines().distinct()).hasSize(2);
    for (String length : List.of("2", "65")) {
      Cli wrong = run("predict", model, List.of(full), "--max-seq-length", length);
      assertThat(wrong.status()).isEqualTo(2);
      assertThat(wrong.err()).contains("is " + length + ", allowed are ");
      assertThat(wrong.err().lines()).hasSize(1);
    }
  }

  /** {@code --model RUN}: the last weights; where the best are kept too, that is said. */
  @Test
  void theFolderOfARunIsAModel() throws IOException {
    Files.writeString(model.resolve("run_config.json"), "{\"task\": \"mrpc\"}");
    Path run = folder.resolve("run");
    String pair = "{\"text\": \"a\", \"pair\": \"b\"}";
    Cli last = run("predict", run, List.of(pair));
    assertThat(last.status()).as(last.err()).isZero();
    assertThat(last.err()).isEmpty();
    assertThat(last.out()).isEqualTo(predict(pair).out());
    assertThat(run("predict", run, List.of("{\"text\": \"a\"}")).err())
        .as("its run_config.json is found")
        .contains("trained for mrpc");
    checkpoint(run.resolve("checkpoint-best"), HeadKind.CLASSIFICATION, Map.of("bias", 3f));
    Cli both = run("predict", run, List.of(pair));
    assertThat(both.out()).isEqualTo(last.out());
    assertThat(both.err())
        .contains("its last weights, checkpoint;", run.resolve("checkpoint-best").toString());
    assertThat(both.err().lines()).hasSize(1);
    for (String command : List.of("convert", "compress", "params")) {
      List<String> arguments = new ArrayList<>(List.of(command, "--model", run.toString()));
      arguments.addAll(
          switch (command) {
            case "convert" -> List.of("--to", "hf", "--output", folder + "/hf");
            case "compress" -> List.of("--output", folder + "/c"); // nothing to compress
            default -> List.of();
          });
      Cli other = Cli.run(arguments.toArray(String[]::new));
      assertThat(other.status()).as(other.err()).isEqualTo(command.equals("compress") ? 2 : 0);
      assertThat(other.err()).as(command).contains("its last weights, checkpoint;");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "regression"})
  void weightsThatAreNoNumbersAreRefusedByEveryCommand(String name) throws IOException {
    Path broken = CASES.resolve("not-a-number").resolve(name);
    List<String> lines = Files.readAllLines(CASES.resolve("not-a-number/t.jsonl"));
    List<Cli> all =
        List.of(
            run("predict", broken, lines),
            run("encode", broken, lines, "--output", folder + "/out.safetensors"),
            Cli.run(
                "convert", "--model", broken.toString(), "--to", "hf", "--output", folder + "/x"),
            Cli.run(
                "compress",
                "--model",
                broken.toString(),
                "--sharing",
                "all",
                "--output",
                folder + "/x"),
            Cli.run(
                "finetune",
                "--model",
                broken.toString(),
                "--task",
                "sst-2",
                "--output",
                folder + "/x"));
    for (Cli cli : all) {
      assertThat(cli.status()).as(cli.err()).isEqualTo(1);
      assertThat(cli.err())
          .contains("model.safetensors: tensor 'classifier.bias' has 1 of ")
          .contains(" that are NaN or infinite");
      assertThat(cli.err().lines()).hasSize(1);
      assertThat(cli.out()).isEmpty();
    }
    assertThat(folder.resolve("x")).doesNotExist();
    assertThat(folder.resolve("out.safetensors")).doesNotExist();
  }

  /** Finite weights whose products are not: the word "dog" alone has huge values. */
  @ParameterizedTest
  @ValueSource(strings = {"CLASSIFICATION", "REGRESSION"})
  void outputsThatOverflowNameTheLineAndKeepWhatCameBefore(HeadKind kind) throws IOException {
    Path huge = checkpoint(folder.resolve("huge"), kind, Map.of());
    breakWord(huge, "dog");
    Cli cli =
        run(
            "predict",
            huge,
            List.of("{\"text\": \"a\"}", "{\"text\": \"the dog\"}", "{\"text\": \"b\"}"));
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.err()).contains("in.jsonl, line 2: the model's output is NaN or infinite");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.out().lines()).hasSize(1).allSatisfy(line -> JSON.readTree(line));
    Path output = folder.resolve("out.safetensors");
    Cli encode =
        run(
            "encode",
            huge,
            List.of("{\"text\": \"a\"}", "{\"text\": \"the dog\"}"),
            "--output",
            output.toString());
    assertThat(encode.status()).isEqualTo(1);
    assertThat(encode.err()).contains("in.jsonl, line 2: ").contains(" is NaN or infinite");
    assertThat(encode.err().lines()).hasSize(1);
    assertThat(output).doesNotExist();
  }

  @Test
  void answersThatOverflowNameTheLine() throws IOException {
    Path huge = checkpoint(folder.resolve("huge"), HeadKind.QUESTION_ANSWERING, Map.of());
    breakWord(huge, "dog");
    String line = "{\"id\": %d, \"question\": \"who\", \"context\": \"the %s is red\"}";
    Cli cli =
        run(
            "predict",
            huge,
            List.of(
                String.format(Locale.ROOT, line, 1, "cat"),
                String.format(Locale.ROOT, line, 2, "dog")),
            "--max-query-length",
            "8",
            "--max-seq-length",
            "32");
    assertThat(cli.status()).as(cli.out()).isEqualTo(1);
    assertThat(cli.err()).contains("in.jsonl, line 2: the model's output is NaN or infinite");
    assertThat(cli.out().lines()).hasSize(1);
    assertThat(cli.out()).startsWith("{\"id\":1,\"answer\":");
  }

  /** As the published code: the score of no answer less nothing. */
  @Test
  void anEmptyContextHasNoAnswerAndAFiniteScore() throws IOException {
    Path spans = checkpoint(folder.resolve("spans"), HeadKind.QUESTION_ANSWERING, Map.of());
    Files.writeString(spans.resolve("run_config.json"), "{\"task\": \"squad-v2.0\"}");
    Cli cli =
        run(
            "predict",
            spans,
            List.of(
                "{\"question\": \"who\", \"context\": \"\"}",
                "{\"question\": \"the cat and the dog is red\", \"context\": \"  \"}"),
            "--max-query-length",
            "4",
            "--max-seq-length",
            "32");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err()).isEqualTo("albert: 1 of 2 questions were cut to 4 pieces\n");
    for (String line : cli.out().lines().toList()) {
      JsonNode json = JSON.readTree(line);
      assertThat(json.get("answer").asText()).isEmpty();
      assertThat(json.get("start").isNull()).isTrue();
      assertThat(json.get("score").asDouble()).isEqualTo(1);
      assertThat(Math.abs(json.get("no_answer_score").asDouble())).isLessThan(1e3);
    }
  }

  @Test
  void whatTheTablesDoNotHaveIsRefusedBeforeTheWork() throws IOException {
    Path oneType = CASES.resolve("one-token-type");
    List<String> pairs = Files.readAllLines(oneType.resolve("pairs.jsonl"));
    Cli encode = run("encode", oneType, pairs, "--output", folder + "/o.safetensors");
    assertThat(encode.status()).isEqualTo(2);
    assertThat(encode.err())
        .contains(
            "in.jsonl, line 1: two texts in one sequence need 2 token types, but the model's"
                + " type_vocab_size is 1");
    assertThat(encode.err().lines()).hasSize(1);
    assertThat(
            run("encode", oneType, List.of("{\"text\": \"a\"}"), "--output", folder + "/o")
                .status())
        .isZero();
    Path vocabulary = model.resolve("vocab.txt");
    Files.writeString(vocabulary, Files.readString(vocabulary) + "elephant\n");
    List<String> lines = List.of("{\"text\": \"the dog\"}", "{\"text\": \"the elephant\"}");
    List<Cli> both =
        List.of(
            run("predict", model, lines),
            run("encode", model, lines, "--output", folder + "/o2.safetensors"));
    for (Cli cli : both) {
      assertThat(cli.status()).isEqualTo(2);
      assertThat(cli.err())
          .contains(
              "in.jsonl, line 2: the tokenizer gives the id 169, but the model's vocab_size is 169");
      assertThat(cli.err().lines()).hasSize(1);
      assertThat(cli.out()).isEmpty();
    }
  }

  /** Makes a model whose values overflow where a word is. */
  private void breakWord(Path directory, String word) throws IOException {
    LoadedModel read = ModelDirectory.read(directory);
    int id = Files.readAllLines(directory.resolve("vocab.txt")).indexOf(word);
    values(read, "word_embeddings")[id * 16] = 3e38f;
    // alone it is normalised away, the sum of both is infinite
    float[] types = values(read, "token_type_embeddings");
    types[0] = 1e38f;
    types[16] = 1e38f;
    CheckpointDirectory.write(directory, read);
  }

  private static float[] values(LoadedModel model, String table) {
    return Objects.requireNonNull(model.weights().get("bert/embeddings/" + table)).values();
  }

  private Cli predict(String... lines) throws IOException {
    return run("predict", model, List.of(lines));
  }

  private Cli run(String command, Path from, List<String> lines, String... more)
      throws IOException {
    Path input = Files.write(folder.resolve("in.jsonl"), lines);
    List<String> arguments =
        new ArrayList<>(List.of(command, "--model", from.toString(), "--input", input.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }
}
