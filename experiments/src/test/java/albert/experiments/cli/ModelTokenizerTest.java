package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that take the tokenizer of a model's folder with the files beside it. */
final class ModelTokenizerTest {
  private static final Path CASES = Path.of("src/test/resources/tokenizers");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"accents-kept", "capital-piece", "added-tokens", "cased-checkpoint"})
  void idsAreThoseOfTransformers(String name) throws IOException {
    assertIds(CASES.resolve(name), CASES.resolve(name));
    assertIds(CASES.resolve(name).resolve("vocab.txt"), CASES.resolve(name));
  }

  private static void assertIds(Path tokenizer, Path expected) throws IOException {
    Cli cli =
        Cli.run(
            "tokenize",
            "--special",
            "--tokenizer",
            tokenizer.toString(),
            "--input",
            expected.resolve("texts.jsonl").toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(ids(cli.out().lines().toList()))
        .isEqualTo(ids(Files.readAllLines(expected.resolve("expected.jsonl"))));
  }

  private static List<JsonNode> ids(List<String> lines) throws IOException {
    List<JsonNode> ids = new ArrayList<>();
    for (String line : lines) {
      ids.add(JSON.readTree(line).path("ids"));
    }
    return ids;
  }

  @ParameterizedTest
  @ValueSource(strings = {"hf", "tf-checkpoint", "saved-model"})
  void aConversionSaysWhatIsLowerCased(String format) throws IOException {
    Path output = folder.resolve("converted");
    Cli cli =
        Cli.run(
            "convert",
            "--model",
            CASES.resolve("cased-checkpoint").toString(),
            "--to",
            format,
            "--output",
            output.toString());
    assertThat(cli.status()).as(cli.err()).isZero();
    Path beside = format.equals("saved-model") ? output.resolve("assets.extra") : output;
    JsonNode config = JSON.readTree(beside.resolve("tokenizer_config.json").toFile());
    assertThat(config.path("tokenizer_class").asText()).isEqualTo("BertTokenizer");
    assertThat(config.path("do_lower_case").isBoolean()).isTrue();
    assertThat(config.path("do_lower_case").asBoolean()).isFalse();
    assertThat(config.path("mask_token").asText()).isEqualTo("[MASK]");
    assertIds(beside, CASES.resolve("cased-checkpoint"));
    if (format.equals("tf-checkpoint")) {
      assertThat(cli.err()).contains("--do_lower_case=false");
    }
  }

  @Test
  void specialTokensInTextBecomeTheirIdsWhereItIsAsked() throws IOException {
    Path model = copy("added-tokens");
    Files.writeString(
        model.resolve("special_tokens_map.json"),
        "{\"additional_special_tokens\": [\"<e1>\", \"</e1>\"]}");
    String text = model.resolve("texts.jsonl").toString();
    Cli plain = Cli.run("tokenize", "--tokenizer", model.toString(), "--input", text);
    Cli special =
        Cli.run("tokenize", "--special-in-text", "--tokenizer", model.toString(), "--input", text);
    assertThat(plain.out()).doesNotContain("169").contains("153");
    assertThat(special.out()).isEqualTo("{\"ids\":[114,169,153,170,116,138]}\n");
  }

  @Test
  void anAddedTokenBeyondTheModelsVocabularyIsRefused() throws IOException {
    Path model = copy("added-tokens");
    Files.writeString(
        model.resolve("added_tokens.json"), "{\"<e1>\": 169, \"</e1>\": 170, \"<e2>\": 171}");
    Path input = Files.writeString(folder.resolve("t.jsonl"), "{\"text\": \"the <e2> dog\"}\n");
    Cli cli = encode(model, input);
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err())
        .contains("line 1: the tokenizer gives the id 171, but the model's vocab_size is 171");
    assertThat(encode(model, model.resolve("texts.jsonl"), "--special-in-text").status()).isZero();
  }

  private Cli encode(Path model, Path input, String... more) {
    List<String> arguments = new ArrayList<>(List.of("encode", "--model", model.toString()));
    arguments.addAll(List.of("--input", input.toString()));
    arguments.addAll(List.of("--output", folder.resolve("out.safetensors").toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(new String[0]));
  }

  private Path copy(String name) throws IOException {
    Path target = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(CASES.resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }
}
