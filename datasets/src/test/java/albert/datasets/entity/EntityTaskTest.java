package albert.datasets.entity;

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

final class EntityTaskTest {

  @TempDir private Path folder;

  private static final String TRAIN =
      "-DOCSTART- -X- O O\n\nEU NNP B-NP B-ORG\nrejects VBZ O O\n \t \nBonn\tI-LOC\r\n";

  private Path write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("ner/conll-2003"));
    return Files.writeString(folder.resolve("ner/conll-2003").resolve(name), text);
  }

  @ParameterizedTest
  @CsvSource({"train.txt, valid.txt, test.txt", "eng.train, eng.testa, eng.testb"})
  void bothNamesOfConllsFilesAreFound(String train, String dev, String test) throws IOException {
    write(train, TRAIN);
    write(dev, "a O\n");
    write(test, "b I-LOC\n\n\nc O");
    for (Path data : List.of(folder, folder.resolve("ner/conll-2003"))) {
      TaskData<TaggedSentence> read = EntityTask.CONLL_2003.read(data);
      assertThat(read.labels()).containsExactly("O", "B-ORG", "I-LOC");
      assertThat(read.examples(SplitName.TRAIN))
          .containsExactly(
              new TaggedSentence("0", null, List.of("EU", "rejects"), List.of("B-ORG", "O")),
              new TaggedSentence("1", null, List.of("Bonn"), List.of("I-LOC")));
      assertThat(read.examples(SplitName.TEST)).extracting(TaggedSentence::id).contains("1");
      assertThat(read.withFirstTrain(1).labels()).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a O\\nb\\n | train.txt, line 2: it has 1 column",
        "a O\\nb PER\\n | train.txt, line 2: the last column is 'PER', allowed are O, and B-",
        "a O\\nb B-\\n | train.txt, line 2: the last column is 'B-'",
        "-DOCSTART- O\\n\\n | train.txt: there is no sentence",
        "a B-X\\nb O | valid.txt, line 3: ",
      })
  void badDataIsNamedByFileAndLine(String train, String problem) throws IOException {
    write("train.txt", train.replace("\\n", "\n"));
    write("valid.txt", "a O\n\nb B-Y\nc I-Y\n");
    assertThatThrownBy(() -> EntityTask.CONLL_2003.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(problem.strip());
  }

  @Test
  void aTrainingFileWithoutAnEntityIsRefused() throws IOException {
    write("train.txt", "a O\n");
    assertThatThrownBy(() -> EntityTask.CONLL_2003.read(folder))
        .hasMessageContaining("train.txt: every tag in it is O");
  }

  @Test
  void tagsThatTrainLacksAreListed() throws IOException {
    Path train = write("train.txt", "a B-X\nb O\n");
    write("valid.txt", "a O\n\nb B-Y\nc I-Y\n");
    assertThatThrownBy(() -> EntityTask.CONLL_2003.read(folder))
        .hasMessageContaining(
            train + " has no word with the tags B-Y, I-Y, so that no model can learn them");
  }

  /** Words and tags that move between sentences make other data. */
  @Test
  void theFingerprintSeesWhereSentencesEnd() throws IOException {
    write("train.txt", "a B-X\nb O\n");
    String one = EntityTask.CONLL_2003.read(folder).fingerprint().sha256();
    write("train.txt", "a B-X\n\nb O\n");
    assertThat(EntityTask.CONLL_2003.read(folder).fingerprint().sha256()).isNotEqualTo(one);
  }

  @Test
  void whatIsMissingSaysWhereItShouldLie() {
    assertThatThrownBy(() -> EntityTask.WNUT_17.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("there is no data of task wnut-17, expected ner/wnut17 with");
  }

  @ParameterizedTest
  @CsvSource({"WNUT_17, 3394, 1009, 1287, 13", "WIKIANN, 20000, 10000, 10000, 7"})
  void theRealDataIsRead(EntityTask task, int train, int dev, int test, int labels) {
    TaskData<TaggedSentence> data = task.read(TestData.external("ner").resolveSibling("."));
    assertThat(data.examples(SplitName.TRAIN)).hasSize(train);
    assertThat(data.examples(SplitName.DEV)).hasSize(dev);
    assertThat(data.examples(SplitName.TEST)).hasSize(test);
    assertThat(data.labels()).hasSize(labels).startsWith("O");
    assertThat(data.examples(SplitName.DEV))
        .allMatch(TaggedSentence::hasLabel)
        .noneMatch(
            sentence ->
                task == EntityTask.WIKIANN
                    && sentence.words().stream().allMatch(word -> word.startsWith("en:")));
  }
}
