package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.io.safetensors.Safetensors;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code encode} against what transformers and the real MiniLM compute. */
final class EncodeCommandTest {

  private static final Path GOLDEN = Path.of("../model/src/test/resources/golden");
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"albert-inner-group-2", "bert-regression", "bert-multiple-choice"})
  void tensorsAreEncodedAsTransformersDoes(String name) throws IOException {
    Path golden = GOLDEN.resolve("hf").resolve(name);
    Cli cli = encode(golden.toString(), golden.resolve("forward.safetensors"), "--hidden");
    assertThat(cli.err()).isEmpty();
    assertThat(cli.status()).isZero();
    Map<String, HostTensor> got = read();
    Map<String, HostTensor> expected =
        Safetensors.open(golden.resolve("forward.safetensors")).readAll();
    int hidden = 0;
    for (String tensor : expected.keySet()) {
      if (tensor.startsWith("hidden.")) {
        assertClose(got, tensor, expected.get(tensor));
        hidden++;
      }
    }
    assertThat(got.keySet().stream().filter(key -> key.startsWith("hidden."))).hasSize(hidden);
    assertThat(got.get("sequence_output")).isEqualTo(got.get("hidden." + (hidden - 1)));
    assertThat(got.containsKey("pooled_output")).isEqualTo(expected.containsKey("pooled"));
    if (expected.containsKey("pooled")) {
      assertClose(got, "pooled_output", expected.get("pooled"));
    }
  }

  @Test
  void textsComeOutInTheirOrderWithPaddingZero() throws IOException {
    Path golden = GOLDEN.resolve("minilm");
    List<String> lines = new ArrayList<>();
    for (JsonNode entry :
        JsonMapper.builder().build().readTree(golden.resolve("texts.json").toFile())) {
      lines.add(line(entry));
    }
    Path input = Files.write(folder.resolve("texts.jsonl"), lines);
    Cli cli = encode("maven:all-MiniLM-L6-v2", input, "--batch-size", "5", "--json");
    assertThat(cli.status()).as(cli.err()).isZero();
    Map<String, HostTensor> expected =
        Safetensors.open(golden.resolve("forward.safetensors")).readAll();
    assertClose(read(), "sequence_output", expected.get("sequence_output"));
    assertClose(read(), "pooled_output", expected.get("pooled_output"));
    JsonNode json = JsonMapper.builder().build().readTree(cli.out());
    assertThat(json.get("tensors").get("pooled_output").toString()).isEqualTo("[12,384]");
    assertThat(json.get("precision").asText()).isEqualTo("float32");
  }

  private static String line(JsonNode entry) throws IOException {
    Map<String, JsonNode> line = new TreeMap<>(Map.of("text", entry.get(0)));
    if (entry.size() > 1) {
      line.put("pair", entry.get(1));
    }
    return JsonMapper.builder().build().writeValueAsString(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input_ids|3|1000|input_ids has 1000 in row 0, allowed are 0 to ",
        "input_ids|3|-1|input_ids has -1 in row 0",
        "token_type_ids|3|2|token_type_ids has 2 in row 0",
        "attention_mask|3|2|attention_mask has 2 in row 0, allowed are 0 to 1",
        "attention_mask|2|1|attention_mask is [1, 2], but input_ids is [1, 3]",
        "input_ids|600|1|input_ids is [1, 600], but the model has ",
        "input_ids|0|1|input_ids is [1, 0], allowed is [batch, seq]",
      })
  void whatTheModelCanNotReadIsRefused(String tensor, int width, int value, String message)
      throws IOException {
    Map<String, HostTensor> tensors = new TreeMap<>();
    for (String name : List.of("input_ids", "token_type_ids", "attention_mask")) {
      int own = name.equals(tensor) || tensor.equals("input_ids") ? width : 3;
      int[] values = new int[own];
      if (own > 0) {
        values[own - 1] = name.equals(tensor) ? value : 0;
      }
      tensors.put(name, IntTensor.of(values, 1, own));
    }
    Path input = folder.resolve("in.safetensors");
    Safetensors.write(input, tensors, Map.of());
    Cli cli = encode(GOLDEN.resolve("hf/albert-classification").toString(), input);
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains(message);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(folder.resolve("new/out.safetensors")).doesNotExist();
  }

  @Test
  void textNeedsATokenizer() throws IOException {
    Path input = Files.writeString(folder.resolve("texts.jsonl"), "{\"text\": \"a\"}");
    Cli cli = encode(GOLDEN.resolve("hf/albert-classification").toString(), input);
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("has no tokenizer");
    assertThat(cli.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hf", "tf-checkpoint"})
  void whatIsConvertedEncodesTheSame(String format) throws IOException {
    Path golden = GOLDEN.resolve("hf/bert-pretraining");
    Path converted = folder.resolve("converted");
    Cli cli =
        Cli.run(
            "convert",
            "--model",
            golden.toString(),
            "--to",
            format,
            "--output",
            converted.toString(),
            "--json");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("\"format\" : \"" + format + "\"");
    LoadedModel model = ModelDirectory.read(converted);
    assertThat(model.weights()).isEqualTo(ModelDirectory.read(golden).weights());
    Cli again =
        Cli.run(
            "convert",
            "--model",
            golden.toString(),
            "--to",
            format,
            "--output",
            converted.toString());
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err()).contains("already exists, needed is a new or empty folder");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(converted);
    }
  }

  @Test
  void aSavedModelIsWritten() {
    Path saved = folder.resolve("saved");
    Cli cli =
        Cli.run(
            "convert",
            "--model",
            GOLDEN.resolve("hf/albert-regression").toString(),
            "--to",
            "saved-model",
            "--output",
            saved.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(saved.resolve("saved_model.pb")).exists();
    assertThat(saved.resolve("variables/variables.index")).exists();
  }

  @Test
  void modelsThatAreNotThereAreNamed() {
    for (String name : List.of("maven:bert", "absent")) {
      Cli cli = Cli.run("convert", "--model", name, "--to", "hf", "--output", "x");
      assertThat(cli.status()).isEqualTo(2);
      assertThat(cli.err()).contains(name);
      assertThat(cli.err().lines()).hasSize(1);
    }
    Cli cli = Cli.run("convert", "--model", "absent", "--to", "pdf", "--output", "x");
    assertThat(cli.err()).contains("--to is 'pdf', allowed are hf, tf-checkpoint, saved-model");
  }

  private Cli encode(String model, Path input, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "encode",
                "--model",
                model,
                "--input",
                input.toString(),
                "--output",
                folder.resolve("new/out.safetensors").toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Map<String, HostTensor> read() {
    return Safetensors.open(folder.resolve("new/out.safetensors")).readAll();
  }

  private static void assertClose(
      Map<String, HostTensor> got, String name, @Nullable HostTensor expected) {
    HostTensor tensor = Objects.requireNonNull(got.get(name), name);
    float[] actual = ((FloatTensor) tensor).values();
    float[] wanted = ((FloatTensor) Objects.requireNonNull(expected, name)).values();
    assertThat(tensor.shape()).as(name).isEqualTo(expected.shape());
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      difference = Math.max(difference, Math.abs((double) actual[i] - wanted[i]));
    }
    assertThat(difference).as(name).isCloseTo(0, within(TOLERANCE * largest));
  }
}
