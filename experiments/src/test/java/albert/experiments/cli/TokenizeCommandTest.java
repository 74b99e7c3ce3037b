package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tokenize} with the tokenizer that arrives by Maven. */
final class TokenizeCommandTest {

  @TempDir private Path folder;
  private Path tokenizer = Path.of("");

  @BeforeEach
  void copyTokenizer() throws IOException {
    tokenizer = Files.copy(Tokenizers.bundledBertUncasedFile(), folder.resolve("tokenizer.json"));
  }

  @Test
  void writesIdsOfTextsAndPairs() throws IOException {
    Cli cli =
        run(
            """
            {"text": "Hello, world!"}
            {"pair": "a b", "text": "[CLS]", "id": 3}
            """);
    assertThat(cli.err()).isEmpty();
    assertThat(cli.status()).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            {"ids":[7592,1010,2088,999]}
            {"ids":[1031,18856,2015,1033,1037,1038]}
            """);
  }

  @Test
  void specialTokensComeWithTypes() throws IOException {
    Cli cli =
        run(
            """
            {"text": "hello", "pair": null}
            {"text": "a", "pair": "b"}\
            """,
            "--special");
    assertThat(cli.out())
        .isEqualTo(
            """
            {"ids":[101,7592,102],"type_ids":[0,0,0]}
            {"ids":[101,1037,102,1038,102],"type_ids":[0,0,0,1,1]}
            """);
  }

  @Test
  void nothingIsCut() throws IOException {
    Cli cli = run("{\"text\": \"" + "a ".repeat(1_000) + "\"}\n", "--special");
    assertThat(cli.out().split(",", -1)).hasSize(2 * 1_002);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\": \"a\"}~{\"text\": 3}| line 2: text is not a string",
        "{\"pair\": \"a\"}| line 1: has no key text",
        "{\"text\": \"a\"}~{\"text\": \"a\", \"pair\": [1]}| line 2: pair is not a string",
        "{\"text\": \"a\"}~~{\"text\": \"b\"}| line 2: is empty, needed on every line is",
        "[1]| line 1: is not a JSON object",
        "{\"text\": \"a\"| line 1: is not JSON: it ends before all that was opened is closed (col",
        "{\"text\": \"a\"} x| line 1: is not JSON: 'x' is no value, a text needs quotation marks"
            + " (column",
        "{\"text\": \"a\", \"text\": \"b\"}| line 1: is not JSON: key 'text' is repeated",
      })
  void wrongLinesAreNamed(String lines, String message) throws IOException {
    Cli cli = run(lines.replace('~', '\n'));
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("texts.jsonl, " + message);
    assertThat(cli.err().lines()).hasSize(1);
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    Path input = folder.resolve("texts.jsonl");
    Files.write(input, "{\"text\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    Cli cli = Cli.run("tokenize", "--tokenizer", tokenizer.toString(), "--input", input.toString());
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("line 1: byte 0xe9 at byte 13 is not UTF-8");
  }

  @Test
  void filesThatAreNotThereAreNamed() {
    Cli noTokenizer = Cli.run("tokenize", "--tokenizer", "absent.json");
    assertThat(noTokenizer.status()).isEqualTo(2);
    assertThat(noTokenizer.err()).contains("--tokenizer absent.json does not exist");
    Cli noInput =
        Cli.run("tokenize", "--tokenizer", tokenizer.toString(), "--input", folder.toString());
    assertThat(noInput.status()).isEqualTo(2);
    assertThat(noInput.err()).contains("is a folder");
  }

  private Cli run(String lines, String... more) throws IOException {
    Path input = Files.writeString(folder.resolve("texts.jsonl"), lines);
    String[] arguments = new String[5 + more.length];
    arguments[0] = "tokenize";
    arguments[1] = "--tokenizer";
    arguments[2] = tokenizer.toString();
    arguments[3] = "--input";
    arguments[4] = input.toString();
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Cli.run(arguments);
  }
}
