package albert.datasets.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.DataFormatException;
import albert.datasets.TestData;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class GlueTaskTest {

  @TempDir Path root;

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /** The official header of a task's file, and a row of it. */
  private static String sample(GlueTask task, SplitName split) {
    boolean test = split == SplitName.TEST || split == SplitName.TEST_MISMATCHED;
    return switch (task) {
      case COLA -> test ? "index\tsentence\n0\ta b\n" : "xx01\t1\t\ta b\n";
      case SST_2 -> test ? "index\tsentence\n0\ta b\n" : "sentence\tlabel\na b\t1\n";
      case MRPC ->
          (test ? "index" : "Quality") + "\t#1 ID\t#2 ID\t#1 String\t#2 String\n1\t5\t6\ta b\tc\n";
      case STS_B ->
          "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2"
              + (test ? "\n" : "\tscore\n")
              + "0\tg\tf\ty\t0\tnone\tnone\ta b\tc"
              + (test ? "\n" : "\t2.600\n");
      case QQP ->
          test
              ? "id\tquestion1\tquestion2\n0\ta b\tc\n"
              : "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n7\t1\t2\ta b\tc\t1\n";
      case MNLI -> mnli(split, test);
      case QNLI ->
          test
              ? "index\tquestion\tsentence\n0\ta b\tc\n"
              : "index\tquestion\tsentence\tlabel\n0\ta b\tc\tnot_entailment\n";
      case RTE ->
          test
              ? "index\tsentence1\tsentence2\n0\ta b\tc\n"
              : "index\tsentence1\tsentence2\tlabel\n0\ta b\tc\tnot_entailment\n";
      case WNLI ->
          test
              ? "index\tsentence1\tsentence2\n0\ta b\tc\n"
              : "index\tsentence1\tsentence2\tlabel\n0\ta b\tc\t1\n";
      case AX -> "index\tsentence1\tsentence2\n0\ta b\tc\n";
    };
  }

  private static String mnli(SplitName split, boolean test) {
    String common =
        "index\tpromptID\tpairID\tgenre\tsentence1_binary_parse\tsentence2_binary_parse"
            + "\tsentence1_parse\tsentence2_parse\tsentence1\tsentence2";
    String row = "0\t1\t1n\tfiction\t(\t(\t(\t(\ta b\tc";
    if (test) {
      return common + "\n" + row + "\n";
    }
    return split == SplitName.TRAIN
        ? common + "\tlabel1\tgold_label\n" + row + "\tneutral\tentailment\n"
        : common
            + "\tlabel1\tlabel2\tlabel3\tlabel4\tlabel5\tgold_label\n"
            + row
            + "\tneutral\tneutral\tneutral\tneutral\tneutral\tentailment\n";
  }

  @ParameterizedTest
  @EnumSource
  void officialFilesAreRead(GlueTask task) throws IOException {
    for (Map.Entry<SplitName, String> file : task.files().entrySet()) {
      write(task.folder().orElseThrow() + "/" + file.getValue(), sample(task, file.getKey()));
    }
    TaskData<TextExample> data = task.read(root);
    assertThat(data.splits().keySet()).isEqualTo(task.files().keySet());
    data.splits()
        .forEach(
            (split, examples) -> {
              TextExample example = examples.get(0);
              assertThat(examples).hasSize(1);
              assertThat(example.id()).isEqualTo("0");
              assertThat(example.text()).isEqualTo("a b");
              assertThat(example.pair())
                  .isEqualTo(task.columns(List.of()).pair() == null ? null : "c");
              assertThat(example.hasLabel()).isEqualTo(!split.id().startsWith("test"));
              assertThat(data.fingerprint().rows()).containsEntry(split.id(), 1L);
              if (example.hasLabel()) {
                assertThat(example.label()).isEqualTo(task == GlueTask.STS_B ? 2.6 : 1);
              }
            });
    Path own = root.resolve(task.folder().orElseThrow());
    assertThat(task.read(own)).isEqualTo(data);
    assertThat(task.read(root.resolve("glue"))).isEqualTo(data);
    assertThat(task.submissionFiles().keySet()).isSubsetOf(task.files().keySet());
    assertThat(task.metrics()).isNotEmpty();
  }

  @Test
  void quotesAndOtherLineEndsAreTextAndMarksAndCarriageReturnsAreNot() throws IOException {
    write(
        "MRPC/dev.tsv",
        String.join(
            "\r\n",
            "\ufeffQuality\t#1 ID\t#2 ID\t#1 String\t#2 String",
            "1\t1\t2\t\"An open quote\t\"closed\" \u2028 \u0085 \f here",
            "0\t1\t2\t\t\"\"",
            "",
            ""));
    List<TextExample> dev = GlueTask.MRPC.read(root).examples(SplitName.DEV);
    assertThat(dev).hasSize(2);
    assertThat(dev.get(0).text()).isEqualTo("\"An open quote");
    assertThat(dev.get(0).pair()).isEqualTo("\"closed\" \u2028 \u0085 \f here");
    assertThat(dev.get(1).text()).isEmpty();
    assertThat(dev.get(1).pair()).isEqualTo("\"\"");
    assertThat(dev.get(1).id()).as("ids that repeat are not used").isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rte | index;sentence1;sentence2;label;;0;a;b;c;entailment | line 2: 5 tab-separated"
            + " columns, expected 4: 0",
        "rte | index;sentence1;sentence2;label;;0;a;entailment | line 2: 3 tab-separated columns,"
            + " expected 4",
        "rte | index;sentence1;sentence2;label;;0;a;b;maybe | line 2: the label is 'maybe', task"
            + " rte has entailment, not_entailment",
        "rte | index;sentence1;sentence2;gold;;0;a;b;entailment | line 1: no column is called"
            + " 'label', which task rte needs; found: index, sentence1, sentence2, gold",
        "rte | index;sentence1;sentence2;sentence2;label;;0;a;b;c;entailment | line 1: two columns"
            + " are called 'sentence2'",
        "rte | index;sentence1;label;;0;a;entailment | line 1: no column is called 'sentence2'",
        "sst-2 | sentence;sentence;label;;a;b;1 | line 1: two columns are called 'sentence'",
        "cola | sentence;label;;a;1 | line 1: 2 tab-separated columns, expected 4",
        "sts-b | sentence1;sentence2;score;;a;b;5.1 | line 2: the label is '5.1', task sts-b has"
            + " numbers from 0 to 5",
        "sts-b | sentence1;sentence2;score;;a;b;NaN | line 2: the label is 'NaN'",
        "sts-b | sentence1;sentence2;score;;a;b;1f | line 2: the label is '1f'",
        "sts-b | sentence1;sentence2;score;;a;b;2d | line 2: the label is '2d'",
        "sts-b | sentence1;sentence2;score;;a;b;0x1p1 | line 2: the label is '0x1p1'",
        "sts-b | sentence1;sentence2;score;;a;b; 1 | line 2: the label is ' 1'",
        "sts-b | sentence1;sentence2;score;;a;b;+1 | line 2: the label is '+1'",
        "sts-b | sentence1;sentence2;score;;a;b;\u0661 | line 2: the label is '\u0661'",
      })
  void whatIsWrongIsNamed(String id, String lines, String message) throws IOException {
    write("train.tsv", lines.replace(";;", "\n").replace(';', '\t'));
    GlueTask task = byId(id);
    assertThatThrownBy(() -> task.read(root))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(root.resolve("train.tsv") + ", ")
        .hasMessageContaining(message);
  }

  @Test
  void emptyFilesAndBytesThatAreNoTextAreRefused() throws IOException {
    write("train.tsv", "");
    assertThatThrownBy(() -> GlueTask.RTE.read(root)).hasMessageContaining("it is empty");
    Files.write(root.resolve("train.tsv"), new byte[] {'a', '\n', (byte) 0xff});
    assertThatThrownBy(() -> GlueTask.SST_2.read(root)).hasMessageContaining("line 1: no column");
    Files.write(root.resolve("train.tsv"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> GlueTask.SST_2.read(root))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("line 1: it is not UTF-8");
  }

  @ParameterizedTest
  @EnumSource
  void aFileWithAHeaderAloneHasNoRows(GlueTask task) throws IOException {
    for (Map.Entry<SplitName, String> file : task.files().entrySet()) {
      String text = sample(task, file.getKey());
      boolean headless = task == GlueTask.COLA && file.getKey() != SplitName.TEST;
      Path alone = Files.createTempDirectory(root, task.id()).resolve(file.getValue());
      Files.writeString(alone, headless ? "" : text.substring(0, text.indexOf('\n') + 1));
      assertThatThrownBy(() -> task.read(Objects.requireNonNull(alone.getParent())))
          .isInstanceOf(DataFormatException.class)
          .hasMessage(
              alone
                  + (headless
                      ? ": it is empty, expected a header and rows"
                      : ": it has a header and no rows"));
    }
  }

  @Test
  void rowsOfQqpThatAreBrokenOffAreLeftOut() throws IOException {
    write(
        "train.tsv",
        sample(GlueTask.QQP, SplitName.TRAIN) + "8\t3\t4\tbroken\noff\t0\n9\t1\t2\te\tf\t0\n");
    List<TextExample> train = GlueTask.QQP.read(root).examples(SplitName.TRAIN);
    assertThat(train).extracting(TextExample::text).containsExactly("a b", "e");
  }

  @Test
  void whatIsMissingIsNamedWhenItIsNeeded() throws IOException {
    assertThatThrownBy(() -> GlueTask.MRPC.read(root))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("expected glue/MRPC with train.tsv, dev.tsv or test.tsv in it")
        .hasMessageContaining("by hand: get MSRParaphraseCorpus.msi")
        .hasMessageContaining("into glue/MRPC")
        .hasMessageNotContaining("albert data get");
    assertThatThrownBy(() -> GlueTask.RTE.read(root))
        .hasMessageEndingWith("; `./albert data get rte --to " + root + "` gets it");
    write("glue/QNLI/dev.tsv", sample(GlueTask.QNLI, SplitName.DEV));
    TaskData<TextExample> data = GlueTask.QNLI.read(root);
    assertThat(data.examples(SplitName.DEV)).hasSize(1);
    assertThat(data.has(SplitName.TRAIN)).isFalse();
    assertThatThrownBy(() -> data.examples(SplitName.TRAIN))
        .isInstanceOf(DataFormatException.class)
        .hasMessage("glue/QNLI/train.tsv: there is no train data of task qnli, only dev");
  }

  @Test
  void trainingIsLimitedToItsFirstRows() throws IOException {
    write("train.tsv", "sentence\tlabel\na\t1\nb\t0\nc\t1\n");
    write("dev.tsv", "sentence\tlabel\nd\t1\n");
    TaskData<TextExample> data = GlueTask.SST_2.read(root);
    TaskData<TextExample> limited = data.withFirstTrain(2);
    assertThat(limited.examples(SplitName.TRAIN))
        .extracting(TextExample::text)
        .containsExactly("a", "b");
    assertThat(limited.examples(SplitName.DEV)).isEqualTo(data.examples(SplitName.DEV));
    assertThat(limited.fingerprint().rows()).containsEntry("train", 2L);
    assertThat(limited.fingerprint().sha256()).isNotEqualTo(data.fingerprint().sha256());
    assertThat(data.withFirstTrain(3)).isEqualTo(data);
  }

  @Test
  void submissionsAreWrittenAsTheServerTakesThem() {
    assertThat(GlueTask.MNLI.submissionFiles())
        .isEqualTo(Map.of(SplitName.TEST, "MNLI-m.tsv", SplitName.TEST_MISMATCHED, "MNLI-mm.tsv"));
    assertThat(GlueTask.STS_B.submissionFiles()).isEqualTo(Map.of(SplitName.TEST, "STS-B.tsv"));
    assertThat(GlueTask.AX.submissionFiles()).isEqualTo(Map.of(SplitName.TEST, "AX.tsv"));
    assertThat(GlueTask.MNLI.submissionText(1)).isEqualTo("entailment");
    assertThat(GlueTask.WNLI.submissionText(1)).isEqualTo("1");
    assertThat(GlueTask.STS_B.submissionText(3.14159)).isEqualTo("3.142");
    assertThat(GlueTask.STS_B.submissionText(5.2)).isEqualTo("5.000");
    assertThatThrownBy(() -> GlueTask.MNLI.submissionText(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(GlueTask.STS_B.parsePrediction("-0.5")).isEqualTo(-0.5);
    assertThat(GlueTask.RTE.parsePrediction("not_entailment")).isEqualTo(1);
    assertThatThrownBy(() -> GlueTask.STS_B.parsePrediction("1e999"))
        .hasMessage("the label is '1e999', task sts-b has numbers that are finite");
  }

  @Test
  void axIsAlsoFoundUnderItsOldName() throws IOException {
    write("glue/diagnostic/diagnostic.tsv", sample(GlueTask.AX, SplitName.TEST));
    assertThat(GlueTask.AX.read(root).examples(SplitName.TEST)).hasSize(1);
    assertThatThrownBy(() -> GlueTask.RTE.read(root)).isInstanceOf(DataFormatException.class);
  }

  @Test
  void axHasLabelsWhereTheirFileIs() throws IOException {
    write("glue/AX/AX.tsv", sample(GlueTask.AX, SplitName.TEST));
    assertThat(GlueTask.AX.read(root).examples(SplitName.TEST).get(0).hasLabel()).isFalse();
    write(
        "glue/AX/diagnostic-full.tsv",
        """
        Lexical Semantics\tPredicate-Argument Structure\tLogic\tKnowledge\tDomain\tPremise\tHypothesis\tLabel
        \t\tNegation\t\tArtificial\tThe cat sat.\tThe cat did not sit.\tcontradiction
        Lexical entailment\t\t\t\tNews\tA dog ran.\tAn animal ran.\tentailment
        """);
    List<TextExample> labelled = GlueTask.AX.read(root).examples(SplitName.TEST);
    assertThat(labelled)
        .extracting(TextExample::pair)
        .containsExactly("The cat did not sit.", "An animal ran.");
    assertThat(labelled)
        .extracting(example -> GlueTask.MNLI.labels().get(example.labelIndex()))
        .containsExactly("contradiction", "entailment");
  }

  @ParameterizedTest
  @CsvSource({
    "cola, 8551, 1043, 1063, 0.7044",
    "sst-2, 67349, 872, 1821, 0.5578",
    "mrpc, 3668, 408, 1725, 0.6745",
    "sts-b, 5749, 1500, 1379, 2.7010",
    "wnli, 635, 71, 146, 0.4913",
  })
  void theRealSetsHaveTheirPublishedSizes(
      String id, int train, int dev, int test, double meanLabel) {
    TaskData<TextExample> data = byId(id).read(TestData.external("glue").resolveSibling("."));
    assertThat(data.examples(SplitName.TRAIN)).hasSize(train);
    assertThat(data.examples(SplitName.DEV)).hasSize(dev);
    assertThat(data.examples(SplitName.TEST)).hasSize(test).noneMatch(TextExample::hasLabel);
    assertThat(
            data.examples(SplitName.TRAIN).stream()
                .mapToDouble(TextExample::label)
                .average()
                .orElseThrow())
        .isCloseTo(meanLabel, within(1e-4));
    assertThat(data.splits().values().stream().flatMap(List::stream))
        .noneMatch(example -> example.text().isBlank());
  }

  @Test
  void realPartsOfTheOtherSetsAreRead() throws IOException {
    TaskData<TextExample> qnli = GlueTask.QNLI.read(TestData.external("glue"));
    assertThat(qnli.examples(SplitName.DEV)).hasSize(5463);
    assertThat(qnli.examples(SplitName.TEST)).hasSize(5463);
    Files.copy(TestData.external("glue/QQP/train-partial.tsv"), root.resolve("train.tsv"));
    assertThat(GlueTask.QQP.read(root).examples(SplitName.TRAIN)).hasSize(23_496);
    Files.delete(root.resolve("train.tsv"));
    Files.copy(TestData.external("glue/MNLI/kshot-official-layout.tsv"), root.resolve("train.tsv"));
    Files.copy(TestData.external("glue/MNLI/sample-dev.tsv"), root.resolve("dev_mismatched.tsv"));
    TaskData<TextExample> mnli = GlueTask.MNLI.read(root);
    assertThat(mnli.examples(SplitName.TRAIN)).hasSize(480);
    assertThat(mnli.examples(SplitName.DEV_MISMATCHED)).hasSize(1000);
    assertThat(mnli.examples(SplitName.TRAIN).get(0).text()).startsWith("Price caps ma");
  }

  private static GlueTask byId(String id) {
    return Arrays.stream(GlueTask.values())
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
