package albert.datasets.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.TestData;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SummaryTaskTest {
  private static final String GOOD =
      "{\"source\": [\"A b.\", \"C d.\\n\"], \"source_labels\": [0, 1], \"rouge_scores\": [0.5],"
          + " \"paper_id\": \"p\", \"target\": [\"C\", \"D\"], \"title\": \"T\"}\n";

  private static final String STORY =
      """
      (CNN) -- It rained. Mr. Smith ran home

      He was wet .

      @highlight

      Rain falls

      @highlight

      A man is wet
      """;

  @TempDir private Path folder;

  private Path scitldr(String name, String text) throws IOException {
    Path own = Files.createDirectories(folder.resolve("summarization/scitldr-A"));
    return Files.writeString(own.resolve(name), text);
  }

  private Path story(String name, String text) throws IOException {
    Path file = folder.resolve("summarization/cnn-dailymail").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void sciTldrsLinesAreRead() throws IOException {
    scitldr("train.jsonl", GOOD);
    scitldr("dev.jsonl", "{\"source\": [\"a\"], \"target\": \"b\"}");
    for (Path data : List.of(folder, folder.resolve("summarization/scitldr-A"))) {
      TaskData<SummaryDocument> read = SummaryTask.SCITLDR.read(data);
      assertThat(read.examples(SplitName.TRAIN))
          .containsExactly(
              new SummaryDocument(
                  "p", null, List.of("A b.", "C d.\n"), List.of(0, 1), List.of("C", "D")));
      assertThat(read.examples(SplitName.DEV))
          .containsExactly(new SummaryDocument("0", null, List.of("a"), List.of(), List.of("b")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"A b.\", \"C d.\\n\"] | [] | source has no sentence",
        "[\"A b.\", \"C d.\\n\"] | [\" \"] | source has no sentence",
        "[\"A b.\", \"C d.\\n\"] | \"A\" | source is not a list of strings",
        "\"source\": | \"sauce\": | has no key source, needed is {",
        "[0, 1] | [1] | source_labels has 1 labels, source has 2 sentences",
        "[0, 1] | [0, 2] | source_labels has 2, allowed are 0 and 1",
        "[0, 1] | [0, \"1\"] | source_labels has \"1\", allowed are 0 and 1",
        "[\"C\", \"D\"] | [] | target has no summary",
        "[\"C\", \"D\"] | [\"C\", \"\"] | a summary in target is empty",
        "[\"C\", \"D\"] | [3] | target is not a list of strings",
        "\"p\" | 3 | paper_id is not a string",
        "\"T\"} | \"T\" | is not JSON: it ends before all that was opened is closed",
        "{\"source\" | [\"source\" | is not JSON",
        "\"p\" | \"q\" | paper_id 'q' is that of line 1",
      })
  void badLinesAreNamedByFileAndLine(String from, String to, String problem) throws IOException {
    String bad = GOOD.replace(from, to);
    assertThat(bad).isNotEqualTo(GOOD);
    Path file = scitldr("train.jsonl", GOOD.replace("\"p\"", "\"q\"") + bad);
    assertThatThrownBy(() -> SummaryTask.SCITLDR.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(file + ", line 2: " + problem);
  }

  @ParameterizedTest
  @CsvSource({"'', there is no document in it", "'[1]', 'line 1: is not a JSON object'"})
  void aFileOfNoDocumentsIsRefused(String text, String problem) throws IOException {
    scitldr("train.jsonl", text);
    assertThatThrownBy(() -> SummaryTask.SCITLDR.read(folder))
        .hasMessageContaining("train.jsonl")
        .hasMessageContaining(problem);
  }

  @Test
  void storiesAreReadFromAFolderForEachPart() throws IOException {
    story("train/b.story", STORY);
    story("train/a.story", STORY.replace("wet .", "dry ."));
    story("train/empty.story", "\n@highlight\n\nNothing\n");
    story("train/readme.txt", "none");
    story("val/c.story", STORY);
    for (Path data : List.of(folder, folder.resolve("summarization/cnn-dailymail"))) {
      TaskData<SummaryDocument> read = SummaryTask.CNN_DAILYMAIL.read(data);
      assertThat(read.examples(SplitName.TRAIN))
          .extracting(SummaryDocument::id)
          .containsExactly("a", "b");
      assertThat(read.examples(SplitName.DEV))
          .containsExactly(
              new SummaryDocument(
                  "c",
                  null,
                  List.of("(CNN) -- It rained.", "Mr. Smith ran home", "He was wet ."),
                  List.of(),
                  List.of("Rain falls\nA man is wet")));
    }
  }

  /** As published: stories named after the SHA-1 of their addresses. */
  @Test
  void storiesAreReadFromListsOfAddresses() throws IOException {
    // printf http://a.example/1 | sha1sum
    String name = "ea980999092d49ad5f6ef792736d72c852495cd8";
    story("dailymail/stories/" + name + ".story", STORY);
    story("all_val.txt", "http://a.example/1\n");
    assertThat(SummaryTask.CNN_DAILYMAIL.read(folder).examples(SplitName.DEV))
        .extracting(SummaryDocument::id)
        .containsExactly(name);
    Path list = story("all_test.txt", "http://a.example/1\nhttp://a.example/2\n");
    assertThatThrownBy(() -> SummaryTask.CNN_DAILYMAIL.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageMatching(
            list
                + ", line 2: its story [0-9a-f]{40}\\.story is in none of cnn/stories,"
                + " dailymail/stories beside the list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Only a text.\n", "Text\n\n@highlight\n\n"})
  void aStoryWithoutHighlightsIsNamed(String text) throws IOException {
    Path file = story("dev/x.story", text);
    assertThatThrownBy(() -> SummaryTask.CNN_DAILYMAIL.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(file + ": it has no @highlight with a text below it");
  }

  @Test
  void aFolderWithoutAStoryIsNamed() throws IOException {
    story("test/readme.txt", "none");
    assertThatThrownBy(() -> SummaryTask.CNN_DAILYMAIL.read(folder))
        .hasMessageContaining("test: there is no story with a text in it");
  }

  @Test
  void whatIsMissingSaysWhereItShouldLieAndHowToGetIt() {
    assertThatThrownBy(() -> SummaryTask.SCITLDR.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(
            "there is no data of task scitldr, expected summarization/scitldr-A with train.jsonl,")
        .hasMessageContaining("data get scitldr");
    assertThatThrownBy(() -> SummaryTask.CNN_DAILYMAIL.read(folder))
        .hasMessageContaining(
            "expected summarization/cnn-dailymail with train, dev or test in it; by hand: get");
  }

  /** A sentence, label or reference that moves makes other data. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"A b.\", \"C d.\\n\"] | [\"A\", \"b.C d.\\n\"]",
        "[0, 1] | [1, 0]",
        "[\"C\", \"D\"] | [\"CD\"]"
      })
  void theFingerprintSeesEverything(String from, String to) throws IOException {
    scitldr("train.jsonl", GOOD);
    String one = SummaryTask.SCITLDR.read(folder).fingerprint().sha256();
    assertThat(GOOD).contains(from);
    scitldr("train.jsonl", GOOD.replace(from, to));
    assertThat(SummaryTask.SCITLDR.read(folder).fingerprint().sha256()).isNotEqualTo(one);
  }

  @Test
  void theRealDataIsReadAndItsLabelsAreMostlyTheOraclesOfOneSentence() {
    Path root = TestData.external("summarization").resolveSibling(".");
    TaskData<SummaryDocument> data = SummaryTask.SCITLDR.read(root);
    assertThat(data.examples(SplitName.TRAIN)).hasSize(1992);
    assertThat(data.examples(SplitName.DEV)).hasSize(619);
    assertThat(data.examples(SplitName.TEST)).hasSize(618);
    assertThat(data.examples(SplitName.TRAIN))
        .allMatch(document -> document.labels().stream().mapToInt(label -> label).sum() == 1);
    assertThat(data.examples(SplitName.DEV).get(0).references()).hasSize(3);
    SummaryDocument first = data.examples(SplitName.TRAIN).get(0);
    assertThat(first.id()).isEqualTo("SysEexbRb");
    assertThat(GreedyOracle.select(first, 1)).containsExactly(4);
    // the labels are by ROUGE-1 of the first reference alone, with other words
    long same =
        data.examples(SplitName.TRAIN).stream()
            .filter(
                document ->
                    GreedyOracle.select(document, 1).equals(List.of(document.labels().indexOf(1))))
            .count();
    assertThat(same).isEqualTo(1496);
  }
}
