package albert.datasets.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked example of docs/extending.md: the page shows it as it is, and it reads BoolQ. */
final class BoolQTaskTest {
  private static final String ROW =
      "{\"question\": \"is it so\", \"passage\": \"It is so.\", \"idx\": 7, \"label\": true}\n";

  @TempDir private Path data;

  private Path write(String name, String text) throws IOException {
    Path folder = Files.createDirectories(data.resolve("superglue/BoolQ"));
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void thePageShowsThisSource() throws IOException {
    String source = Files.readString(Path.of("src/test/java/albert/datasets/text/BoolQTask.java"));
    assertThat(Files.readString(Path.of("../docs/extending.md")))
        .contains("```java\n" + source + "```");
  }

  @Test
  void partsAndLabelsAreRead() throws IOException {
    write("train.jsonl", ROW + ROW.replace("true", "false"));
    write("val.jsonl", ROW);
    write("test.jsonl", ROW.replace(", \"label\": true", ""));
    TaskData<TextExample> boolq = new BoolQTask().read(data);
    assertThat(boolq.examples(SplitName.TRAIN))
        .containsExactly(
            new TextExample("0", "is it so", "It is so.", 1),
            new TextExample("1", "is it so", "It is so.", 0));
    assertThat(boolq.isLabelled(SplitName.DEV)).isTrue();
    assertThat(boolq.isLabelled(SplitName.TEST)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | 1 | train.jsonl, line 2: label is '1', allowed are true and false",
        "\"label\": true | \"no\": 0 | train.jsonl, line 2: label is '', allowed are true and false",
        "\"passage\" | \"text\" | train.jsonl, line 2: has no key passage, needed is {\"question\": …, \"passage\": …, \"label\": true or false}",
      })
  void whatIsWrongNamesFileAndLine(String found, String bad, String message) throws IOException {
    write("train.jsonl", ROW + ROW.replace(found, bad));
    assertThatThrownBy(() -> new BoolQTask().read(data))
        .isInstanceOf(DataFormatException.class)
        .hasMessageEndingWith(message);
  }

  @Test
  void aFileWithoutRowsIsAnError() throws IOException {
    Path file = write("val.jsonl", "");
    assertThatThrownBy(() -> new BoolQTask().read(data)).hasMessage(file + ": it has no rows");
  }
}
