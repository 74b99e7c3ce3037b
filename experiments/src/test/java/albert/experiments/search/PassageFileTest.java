package albert.experiments.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.experiments.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passages as people have them. */
final class PassageFileTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  @Test
  void aTextFileHasAPassageALine() throws IOException {
    List<Passage> passages =
        PassageFile.read(file("a.txt", "\ufeffone\r\n\n  \n{\"text\": \"two\"}\nthree"));
    assertThat(passages)
        .containsExactly(
            new Passage(1, null, "one"),
            new Passage(4, null, "{\"text\": \"two\"}"),
            new Passage(5, null, "three"));
  }

  @Test
  void jsonLinesHaveTextAndMaybeAnId() throws IOException {
    List<Passage> passages =
        PassageFile.read(
            file(
                "a.jsonl",
                "{\"id\": \"x/1\", \"text\": \"one\\ntwo\"}\n{\"text\": \"\", \"k\": 1}\n"));
    assertThat(passages).extracting(Passage::text).containsExactly("one\ntwo", "");
    assertThat(passages).extracting(p -> String.valueOf(p.id())).containsExactly("\"x/1\"", "null");
    assertThat(passages).extracting(Passage::line).containsExactly(1L, 2L);
  }

  @Test
  void badFilesAreNamedWithTheLine() throws IOException {
    assertThatThrownBy(() -> PassageFile.read(file("empty.txt", "\n \n")))
        .isInstanceOf(DataFormatException.class)
        .hasMessageEndingWith("empty.txt: there is no passage in it");
    assertThatThrownBy(() -> PassageFile.read(file("b.jsonl", "{\"text\": \"a\"}\n\n")))
        .hasMessageContaining("b.jsonl, line 2: is empty");
    assertThatThrownBy(() -> PassageFile.read(file("c.jsonl", "{\"txt\": \"a\"}\n")))
        .hasMessageContaining("c.jsonl, line 1: has no key text");
    Path bytes = Files.write(folder.resolve("d.txt"), new byte[] {'a', '\n', (byte) 0xff});
    assertThatThrownBy(() -> PassageFile.read(bytes))
        .hasMessageContaining("d.txt, line 2: byte 0xff at byte 2 is not UTF-8");
    assertThatThrownBy(() -> PassageFile.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder, needed is a text file");
    assertThatThrownBy(() -> PassageFile.read(folder.resolve("none.jsonl")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.jsonl does not exist");
  }
}
