package albert.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON lines of files and streams, and what is wrong with them. */
final class JsonLinesTest {
  private static final String NEEDED = "{\"text\": …}";

  @TempDir private Path folder;

  private static JsonLines of(String text) {
    return JsonLines.of("a", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonLine next(JsonLines lines) throws IOException {
    return Objects.requireNonNull(lines.next(NEEDED));
  }

  @Test
  void valuesStandAsTheyAreWritten() throws IOException {
    try (JsonLines lines = of("\ufeff{\"text\": \"ü\", \"x\": 1.50, \"y\": null}\r\n{\"x\": []}")) {
      JsonLine first = next(lines);
      assertThat(first.text("text")).isEqualTo("ü");
      assertThat(first.without(List.of("text"))).hasToString("{x=1.50, y=null}");
      assertThat(first.has("y")).isFalse();
      assertThat(first.optionalText("y")).isNull();
      JsonLine second = next(lines);
      assertThat(second.place()).isEqualTo("a, line 2");
      assertThat(second.texts("x")).isEmpty();
      assertThat(lines.next(NEEDED)).isNull();
    }
  }

  @Test
  void aFileMayBeZipped() throws IOException {
    Path file = folder.resolve("a.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"text\": \"a\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    try (JsonLines lines = JsonLines.open(file)) {
      assertThat(next(lines).text("text")).isEqualTo("a");
      assertThat(lines.next(NEEDED)).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "' ' | is empty, needed on every line is {\"text\": …}",
        "[1] | is not a JSON object, needed is {\"text\": …}",
        "{\"text\": \"a\" | is not JSON: it ends before all that was opened is closed",
        "{\"text\": \"a\", \"text\": \"b\"} | is not JSON: key 'text' is repeated",
        "{\"text\": NaN} | is not JSON: NaN is no number",
        "{\"text\": \"a\"} {} | is not JSON: something follows the value",
      })
  void linesThatAreNoneAreNamed(String line, String problem) throws IOException {
    try (JsonLines lines = of("{\"text\": \"a\"}\n" + line + "\n")) {
      next(lines);
      assertThatThrownBy(() -> lines.next(NEEDED))
          .isInstanceOf(DataFormatException.class)
          .hasMessageStartingWith("a, line 2: " + problem);
    }
  }

  @Test
  void keysThatLackSomethingAreNamed() throws IOException {
    try (JsonLines lines = of("{\"text\": 1, \"texts\": [\"a\", 1]}")) {
      JsonLine line = next(lines);
      assertThatThrownBy(() -> line.text("text")).hasMessage("a, line 1: text is not a string");
      assertThatThrownBy(() -> line.optionalText("text"))
          .hasMessage("a, line 1: text is not a string");
      assertThatThrownBy(() -> line.text("word"))
          .hasMessage("a, line 1: has no key word, needed is {\"text\": …}");
      assertThatThrownBy(() -> line.texts("texts"))
          .hasMessage("a, line 1: texts is not a list of strings");
      assertThatThrownBy(() -> line.texts("words"))
          .hasMessage("a, line 1: has no key words, needed is {\"text\": …}");
    }
  }
}
