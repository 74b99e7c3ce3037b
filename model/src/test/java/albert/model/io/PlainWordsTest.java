package albert.model.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import albert.model.io.file.JsonObject;
import albert.model.io.file.ModelFileException;
import albert.model.io.file.WholeFile;
import albert.model.io.safetensors.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a file is said without a word for programmers. */
final class PlainWordsTest {
  private static final Pattern FOR_PROGRAMMERS =
      Pattern.compile(
          "(?i)redacted|reference chain|enable|feature|jsonT|`|java|\\bcode \\d|\\bint\\b|boolean"
              + "|deserializ|coerc|creator|token\\b|field|\\.part");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a': 1 | line 1: is not JSON: it ends before all that was opened is closed (column 8)",
        "{'a': 1~'b': 2} | line 2: is not JSON: a comma is missing, or a value is malformed (colu",
        "{'a': NaN} | line 1: is not JSON: NaN is no number in JSON",
        "{'a': 1, 'a': 2} | line 1: is not JSON: key 'a' is repeated",
        "{'a': 1} {} | line 1: is not JSON: something follows the value",
        "{a: 1} | line 1: is not JSON: a key in double quotation marks is needed (column 2)",
        "{'a': 0x10} | line 1: is not JSON: a comma is missing, or a value is malformed (column 8)",
        "[1] | it is not a JSON object",
      })
  void configurations(String json, String words) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, json.replace('\'', '"').replace('~', '\n'));
    assertPlain(() -> JsonObject.read(file), file, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'format': 3} | line 1: ",
        "[] | line 1: is no object with these keys, or something follows it",
        "{'version': 1.5} | line 1: 'version' has a value of another kind than it needs",
        "{'version': 'x'} | line 1: 'version' has a value of another kind than it needs",
        "{'head': 'tail'} | line 1: 'head' is no name that is known, allowed are none, ",
        "{'encoder': []} | line 1: 'encoder' has a value of another kind than it needs",
        "{'encoder': {'vocab_size': '3'}} | line 1: 'encoder.vocab_size' has a value of another",
        "{} | line 1: missing key 'format'",
        "{'format': | line 1: is not JSON: it ends before all",
      })
  void checkpoints(String json, String words) throws IOException {
    Path file = folder.resolve("checkpoint.json");
    Files.writeString(file, json.replace('\'', '"'));
    assertPlain(() -> CheckpointFile.read(file), file, words);
  }

  @Test
  void headersOfWeights() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.writeString(file, "\7\0\0\0\0\0\0\0{\"a\": }");
    assertPlain(
        () -> Safetensors.open(file),
        file,
        "line 1: header is not JSON: a value is needed (column 7)");
  }

  @Test
  void aFolderIsNoFile() {
    assertPlain(() -> JsonObject.read(folder), folder, "can't be read: Is a directory");
  }

  @Test
  void theFileBesideIsNotNamed() throws IOException {
    byte[] content = "x".getBytes(StandardCharsets.UTF_8);
    for (Path file : new Path[] {folder.resolve("absent/out.bin"), Path.of("/proc/out.bin")}) {
      assertThatThrownBy(() -> WholeFile.write(file, content))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot write " + file + ": ")
          .hasMessageNotContaining(".part");
    }
    Path taken = Files.createDirectories(folder.resolve("taken/inside")).resolveSibling("");
    assertThatThrownBy(() -> WholeFile.write(taken, content))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + taken + ": ")
        .hasMessageNotContaining(".part");
  }

  private interface Reading {
    void read();
  }

  private static void assertPlain(Reading reading, Path file, String words) {
    ModelFileException problem = catchThrowableOfType(ModelFileException.class, reading::read);
    assertThat(problem).hasMessageStartingWith(file + ": " + words);
    assertThat(String.valueOf(problem.getMessage()).substring(file.toString().length()))
        .doesNotContainPattern(FOR_PROGRAMMERS);
  }
}
