package albert.datasets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.LabelKind;
import albert.datasets.text.TextExample;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as people have them, and what is wrong with others. */
final class TableTaskTest {

  @TempDir private Path folder;

  private static TableTask task(TableColumns columns, LabelKind kind, String... labels) {
    return new TableTask(columns, new LabelFormat(kind, "|", List.of(labels)), 0);
  }

  private static TableTask task(LabelKind kind, String... labels) {
    return task(new TableColumns("", "", ""), kind, labels);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<TextExample> train(TableTask task, String name, String text) throws IOException {
    return task.read(file(name, text)).examples(SplitName.TRAIN);
  }

  /** Quotes, a separator and line breaks in a field, CRLF, a byte order mark, empty lines. */
  @Test
  void aSpreadsheetsTableIsRead() throws IOException {
    String text =
        String.join(
            "\r\n",
            "\ufefftext,label",
            "\"He said \"\"no\"\", twice\",bad",
            "",
            "\"two",
            "lines\",good",
            "plain \"words\", good ",
            "",
            "");
    TaskData<TextExample> data = TableTask.UNSPECIFIED.read(file("a.csv", text));
    assertThat(data.labels()).containsExactly("bad", "good");
    assertThat(data.examples(SplitName.TRAIN))
        .containsExactly(
            new TextExample("2", "He said \"no\", twice", null, 0),
            new TextExample("4", "two\nlines", null, 1),
            new TextExample("6", "plain \"words\"", null, 1));
    assertThat(data.fingerprint().source()).isEqualTo("own data: a.csv");
  }

  @Test
  void separatorsAreTabsOrAsTheFirstLineSays() throws IOException {
    String tabs = "label\tsentence\nx\t\"a\tb\"\ny\tc, d\n";
    assertThat(train(TableTask.UNSPECIFIED, "a.tsv", tabs))
        .extracting(TextExample::text)
        .containsExactly("a\tb", "c, d");
    String named = "sep=;\ntext;label\na, b;x\n\"c;\nd\";y\ne;x\n";
    assertThat(train(TableTask.UNSPECIFIED, "a.csv", named))
        .extracting(TextExample::id, TextExample::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("3", "a, b"),
            org.assertj.core.groups.Tuple.tuple("4", "c;\nd"),
            org.assertj.core.groups.Tuple.tuple("6", "e"));
    assertThatThrownBy(() -> train(TableTask.UNSPECIFIED, "b.csv", "text;label\na;x\n"))
        .hasMessageContaining("the columns are 'text;label' (a first line sep=; says");
  }

  @Test
  void jsonLinesHaveListsAndNumbers() throws IOException {
    String lines =
        """
        {"text": "a", "labels": ["x", "y"]}
        {"labels": "y", "text": "b"}
        {"text": "c", "labels": []}
        {"text": "d", "labels": null}
        """;
    TaskData<TextExample> data = task(LabelKind.MULTI_LABEL).read(file("a.jsonl", lines));
    assertThat(data.labels()).containsExactly("x", "y");
    assertThat(data.examples(SplitName.TRAIN))
        .extracting(TextExample::labels)
        .containsExactly(
            List.of(1.0, 1.0), List.of(0.0, 1.0), List.of(0.0, 0.0), List.of(0.0, 0.0));
    assertThat(
            train(
                task(LabelKind.REGRESSION),
                "b.jsonl",
                "{\"text\": \"a\", \"label\": 1.5}\n{\"text\": \"a\", \"label\": \"-2e1\"}\n"))
        .extracting(TextExample::label)
        .containsExactly(1.5, -20.0);
    String numbers =
        """
        {"text": "a", "label": true}
        {"text": "a", "label": 3}
        {"text": "a", "label": 0.5}
        {"text": "a", "label": 0.50}
        """;
    assertThat(train(TableTask.UNSPECIFIED, "c.jsonl", numbers))
        .extracting(TextExample::label)
        .containsExactly(2.0, 1.0, 0.0, 0.0);
  }

  @Test
  void severalLabelsAreSeparated() throws IOException {
    TableTask task = task(LabelKind.MULTI_LABEL);
    String text = "text,label\na,x | y\nb,\nc,z\n";
    TaskData<TextExample> data = task.read(file("a.csv", text));
    assertThat(data.labels()).containsExactly("x", "y", "z");
    assertThat(data.examples(SplitName.TRAIN))
        .extracting(TextExample::labels)
        .containsExactly(List.of(1.0, 1.0, 0.0), List.of(0.0, 0.0, 0.0), List.of(0.0, 0.0, 1.0));
    assertThatThrownBy(() -> train(task, "b.csv", "text,label\na,x|\n"))
        .hasMessageEndingWith("b.csv, line 2: one of its labels is empty");
    assertThatThrownBy(() -> train(task, "b.csv", "text,label\na,x|y|x\n"))
        .hasMessageEndingWith("b.csv, line 2: a label is there twice");
  }

  @Test
  void labelsThatAreNumbersAreInTheirOrder() throws IOException {
    assertThat(TableTask.UNSPECIFIED.read(file("a.csv", "text,label\na,10\nb,9\nc,1\n")).labels())
        .containsExactly("1", "9", "10");
  }

  @Test
  void pairsAndColumnsAreNamed() throws IOException {
    TableColumns columns = new TableColumns("", "sentence2", "gold");
    String text = "id,sentence1,sentence2,gold\n1,a,b,x\n2,c,d,y\n";
    TableTask task = task(columns, LabelKind.CLASSIFICATION);
    assertThat(task.isOfPairs()).isTrue();
    assertThat(train(task, "a.csv", text))
        .extracting(TextExample::text, TextExample::pair)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", "b"),
            org.assertj.core.groups.Tuple.tuple("c", "d"));
    assertThatThrownBy(
            () ->
                train(
                    task(new TableColumns("", "", "gold"), LabelKind.CLASSIFICATION),
                    "a.csv",
                    text))
        .hasMessageContaining("there are 'sentence1' and 'sentence2': pair_column sentence2 reads");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "text,label\\na,x,y\\nb,y\\n ! , line 2: 3 columns, the header has 2: a | x | y",
        "text,label\\n\"a\\nb\",x\\nc\\n ! , line 4: 1 column, the header has 2: c",
        "text,label,text\\na,x,b\\n ! , line 1: two columns are called 'text'",
        "text,label\\na,x\\nb, \\n ! , line 3: the label is empty (label_kind multi allows",
        "text,label\\na,x\\n\"b,y\\nc,x\\n ! , line 3: a quotation mark opens a field here",
        "text,label\\na,x\\n\"b\"c,y\\n ! , line 3: a quotation mark opens a field here",
        "words,label\\n\\na,x\\n ! , line 1: no column is called text or sentence or sentence1, so"
            + " text_column must name it; the columns are 'words', 'label'",
        "sep=;\\nwords;label\\na;x\\n ! , line 2: no column is called text or",
        "text,sentence,label\\na,b,x\\n ! more than one column is called text or sentence",
        "text,class\\na,x\\n ! no column is called label or labels, so label_column must name it",
        "text,label\\n"
            + "a,x\\n"
            + "b,x\\n"
            + " ! every label in it is 'x', so that there is nothing to tell apart",
        "text,label\\n ! it has no rows",
        "'' ! it is empty, expected a header and rows"
      })
  void whatIsWrongIsNamed(String text, String message) throws IOException {
    Path file = file("wrong.csv", text.replace("\\n", "\n"));
    assertThatThrownBy(() -> TableTask.UNSPECIFIED.read(file))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{\"text\": \"a\", \"label\": \"x\"}\\n"
            + "{\"text\": \"b\"}\\n"
            + " ! line 2: it has no key 'label'",
        "{\"text\": \"a\", \"label\": \"x\", \"label\": 1}\\n"
            + " ! line 1: is not JSON: key 'label' is",
        "{\"text\": 1, \"label\": \"x\"}\\n ! line 1: 'text' is not a string",
        "{\"text\": \"a\", \"label\": {}}\\n ! line 1: 'label' is neither a value nor a list",
        "{\"text\": \"a\", \"label\": [1, 2]}\\n ! line 1: there are 2 labels, needed is one",
        "{\"text\": \"a\", \"label\": null}\\n ! line 1: the label is empty",
        "[]\\n ! line 1: is not a JSON object, needed is an object with",
        "\\n ! line 1: is empty, needed on every line"
      })
  void whatIsWrongInJsonIsNamed(String text, String message) throws IOException {
    Path file = file("wrong.jsonl", text.replace("\\n", "\n"));
    assertThatThrownBy(() -> TableTask.UNSPECIFIED.read(file))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(message);
  }

  /** What spreadsheets call Unicode text. */
  @Test
  void anotherEncodingIsNamed() throws IOException {
    Path file = folder.resolve("a.csv");
    for (Charset utf16 : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Files.writeString(file, "\ufefftext,label\na,x\nb,y\n", utf16);
      assertThatThrownBy(() -> TableTask.UNSPECIFIED.read(file))
          .hasMessage(file + ", line 1: it is UTF-16, needed is UTF-8: save it as such");
    }
  }

  /** Labels of test may be missing, whichever row is the first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\": \"a\"}\n{\"text\": \"b\", \"label\": \"y\"}\n",
        "{\"text\": \"b\", \"label\": \"y\"}\n{\"text\": \"a\"}\n"
      })
  void someLabelsOfTestAreKnown(String test) throws IOException {
    file("train.csv", "text,label\na,x\nb,y\n");
    file("test.jsonl", test);
    assertThat(TableTask.UNSPECIFIED.read(folder).examples(SplitName.TEST))
        .extracting(TextExample::text, TextExample::hasLabel)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("a", false),
            org.assertj.core.groups.Tuple.tuple("b", true));
  }

  @Test
  void aColumnWithoutANameIsNoLabel() throws IOException {
    file("train.csv", "text,label\na,x\nb,y\n");
    file("test.csv", "text,\na,y\n");
    assertThat(TableTask.UNSPECIFIED.read(folder).examples(SplitName.TEST))
        .extracting(TextExample::hasLabel)
        .containsExactly(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "1,5", "NaN", "1e999", "0x1", "1f"})
  void aNumberIsAPlainNumber(String number) {
    assertThatThrownBy(
            () ->
                train(
                    task(LabelKind.REGRESSION), "a.tsv", "text\tlabel\na\t1\nb\t" + number + "\n"))
        .hasMessageEndingWith(
            "a.tsv, line 3: the label is '" + number + "', needed is a number such as 3.5");
  }

  @Test
  void filesThatAreNoTextAreNamed() throws IOException {
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "text,label\nä,x\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TableTask.UNSPECIFIED.read(latin))
        .hasMessageContaining("latin.csv, line 2: byte 0xe4 at byte 11 is not UTF-8");
    assertThatThrownBy(() -> train(TableTask.UNSPECIFIED, "nul.csv", "text,label\na\0b,x\n"))
        .hasMessageContaining("nul.csv, line 2: a NUL");
    assertThatThrownBy(() -> train(TableTask.UNSPECIFIED, "a.xlsx", "text,label\n"))
        .hasMessageContaining("needed is .csv, .tsv or .jsonl");
    assertThatThrownBy(() -> TableTask.UNSPECIFIED.read(folder.resolve("none")))
        .hasMessageContaining("none: it does not exist, needed is a file");
    assertThatThrownBy(
            () -> TableTask.UNSPECIFIED.read(Files.createDirectory(folder.resolve("empty"))))
        .hasMessageContaining("there is no table in it");
  }

  @Test
  void aFolderHasATableForEachPart() throws IOException {
    file("train.csv", "text,label\na,x\nb,y\n");
    file("dev.jsonl", "{\"text\": \"c\", \"label\": \"y\"}\n");
    file("test.tsv", "text\nd\n");
    TaskData<TextExample> data = TableTask.UNSPECIFIED.read(folder);
    assertThat(data.splits().keySet())
        .containsExactly(SplitName.TRAIN, SplitName.DEV, SplitName.TEST);
    assertThat(data.isLabelled(SplitName.DEV)).isTrue();
    assertThat(data.isLabelled(SplitName.TEST)).isFalse();
    assertThat(TableTask.UNSPECIFIED.forTraining(data)).isEqualTo(data);
    TableTask shared = new TableTask(new TableColumns("", "", ""), data(data).format(), 0.2);
    assertThatThrownBy(() -> shared.forTraining(data))
        .hasMessage(
            "dev_share: there is a dev table, so that nothing is held out of train; leave dev_share"
                + " out");
    file("dev.csv", "text,label\nc,z\n");
    assertThatThrownBy(() -> TableTask.UNSPECIFIED.read(folder))
        .hasMessageContaining("dev.csv and dev.jsonl are both there");
    Files.delete(folder.resolve("dev.jsonl"));
    assertThatThrownBy(() -> TableTask.UNSPECIFIED.read(folder))
        .hasMessageEndingWith("dev.csv, line 2: the label is 'z', known are x, y");
    assertThat(task(LabelKind.CLASSIFICATION, "z", "y", "x").read(folder).labels())
        .containsExactly("z", "y", "x");
  }

  private static TableTask data(TaskData<TextExample> data) {
    return (TableTask) data.task();
  }

  @Test
  void namesOfLabelsAreContent() throws IOException {
    String text = "text,label\na,x\nb,y\n";
    String hash = TableTask.UNSPECIFIED.read(file("a.csv", text)).fingerprint().sha256();
    assertThat(TableTask.UNSPECIFIED.read(file("b.csv", text)).fingerprint().sha256())
        .isEqualTo(hash);
    assertThat(
            TableTask.UNSPECIFIED
                .read(file("c.csv", text.replace(",y", ",z")))
                .fingerprint()
                .sha256())
        .isNotEqualTo(hash);
  }
}
