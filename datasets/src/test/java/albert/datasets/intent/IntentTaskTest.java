package albert.datasets.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.TestData;
import albert.datasets.entity.TaggedSentence;
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

final class IntentTaskTest {

  @TempDir private Path folder;

  private Path write(String part, String words, String tags, String intents) throws IOException {
    Path files = Files.createDirectories(folder.resolve("intent/atis").resolve(part));
    Files.writeString(files.resolve("seq.in"), words);
    Files.writeString(files.resolve("seq.out"), tags);
    Files.writeString(files.resolve("label"), intents);
    return files;
  }

  private void writeTrain() throws IOException {
    write(
        "train",
        "fly to  paris \nwhat airline\n",
        "O O\tB-city \nO O\n",
        "flight#airfare \nairline\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "valid"})
  void bothNamesOfTheDevPartAreFound(String dev) throws IOException {
    writeTrain();
    write(dev, "to rome", "O B-town", "capacity");
    write("test", "paris", "B-city", "flight#airfare");
    for (Path data : List.of(folder, folder.resolve("intent"), folder.resolve("intent/atis"))) {
      TaskData<IntentSentence> read = IntentTask.ATIS.read(data);
      assertThat(read.labels()).containsExactly("airline", "flight#airfare");
      assertThat(read.tags()).containsExactly("O", "B-city");
      assertThat(read.examples(SplitName.TRAIN).get(0))
          .isEqualTo(
              new IntentSentence(
                  new TaggedSentence(
                      "0", null, List.of("fly", "to", "paris"), List.of("O", "O", "B-city")),
                  "flight#airfare"));
      assertThat(read.examples(SplitName.DEV)).hasSize(1).allMatch(IntentSentence::hasLabel);
      assertThat(read.examples(SplitName.TEST)).hasSize(1);
      TaskData<IntentSentence> first = read.withFirstTrain(1);
      assertThat(first.labels()).isEqualTo(read.labels());
      assertThat(first.tags()).isEqualTo(read.tags());
    }
  }

  @Test
  void aTestWithoutLabelsIsTaken() throws IOException {
    writeTrain();
    Path test = write("test", "paris\nrome\n", "", "");
    Files.delete(test.resolve("seq.out"));
    Files.delete(test.resolve("label"));
    TaskData<IntentSentence> read = IntentTask.ATIS.read(folder);
    assertThat(read.examples(SplitName.TEST)).hasSize(2).noneMatch(IntentSentence::hasLabel);
    assertThat(read.isLabelled(SplitName.TEST)).isFalse();
    Path train = folder.resolve("intent/atis/train");
    Files.delete(train.resolve("seq.out"));
    Files.delete(train.resolve("label"));
    assertThatThrownBy(() -> IntentTask.ATIS.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(
            train.resolve("seq.out")
                + ": it is not there, expected in a folder are seq.in, seq.out and label");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b\\nc | O O\\nO O | x\\ny | seq.out, line 2: it has 2 tags, line 2 of seq.in has 1 words",
        "a b\\nc | O O\\nB_x | x\\ny | seq.out, line 2: tag 1 is 'B_x', allowed are O, and B-",
        "a b\\n\\nc | O O\\n\\nO | x\\ny\\nz | seq.in, line 2: it has no word",
        "a\\nb | O\\nO | x | label, line 2: the line is missing: it has 1 lines, seq.in has 2",
        "a\\nb | O | x\\ny | seq.out, line 2: the line is missing: it has 1 lines, seq.in has 2",
        "a | O\\nO | x | seq.out, line 2: the line has no sentence: it has 2 lines, seq.in has 1",
        "a\\nb | O\\nO | x\\n\\t | label, line 2: it is empty, expected is an intent",
        "'' | '' | '' | seq.in: there is no sentence in it",
        "a\\nb | O\\nO | x\\ny | task atis: every tag of train is O",
        "a\\nb | B-x\\nO | x\\nx | task atis: the intent of every sentence of train is x",
      })
  void badDataIsNamedByFileAndLine(String words, String tags, String intents, String problem)
      throws IOException {
    write("train", lines(words), lines(tags), lines(intents));
    assertThatThrownBy(() -> IntentTask.ATIS.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(problem);
  }

  private static String lines(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t");
  }

  @Test
  void oneMissingFileOfATestIsNoTestWithoutLabels() throws IOException {
    writeTrain();
    Path test = write("test", "paris\n", "B-city", "airline");
    Files.delete(test.resolve("label"));
    assertThatThrownBy(() -> IntentTask.ATIS.read(folder))
        .hasMessageContaining(test.resolve("label") + ": it is not there");
  }

  @Test
  void whatIsMissingSaysWhereItShouldLie() {
    assertThatThrownBy(() -> IntentTask.SNIPS.read(folder))
        .hasMessageContaining(
            "there is no data of task snips, expected intent/snips with train/seq.in, dev/seq.in or"
                + " test/seq.in in it; `./albert data get snips --to "
                + folder
                + "` gets it");
  }

  @Test
  void theFingerprintSeesIntents() throws IOException {
    writeTrain();
    String one = IntentTask.ATIS.read(folder).fingerprint().sha256();
    Files.writeString(folder.resolve("intent/atis/train/label"), "airline\nflight#airfare\n");
    assertThat(IntentTask.ATIS.read(folder).fingerprint().sha256()).isNotEqualTo(one);
  }

  @Test
  void theRealSnipsIsRead() {
    TaskData<IntentSentence> data =
        IntentTask.SNIPS.read(TestData.external("intent/snips").resolve("../.."));
    assertThat(data.examples(SplitName.TRAIN)).hasSize(13_084);
    assertThat(data.examples(SplitName.DEV)).hasSize(700);
    assertThat(data.examples(SplitName.TEST)).hasSize(700).allMatch(IntentSentence::hasLabel);
    assertThat(data.labels()).hasSize(7).startsWith("AddToPlaylist");
    assertThat(data.tags()).hasSize(72).startsWith("O");
  }
}
