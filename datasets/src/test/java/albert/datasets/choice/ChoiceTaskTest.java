package albert.datasets.choice;

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

/** The official layouts, on small files and on the real DREAM. */
final class ChoiceTaskTest {
  private static final String ARTICLE =
      """
      {"answers": ["B", "A"], "options": [["a", "b", "c", "d"], ["e", "f", "g", "h"]],
       "questions": ["What is _ ?", "Who?"], "article": "A text.", "id": "ID.txt"}
      """;
  private static final String HEADER =
      ",video-id,fold-ind,startphrase,sent1,sent2,gold-source,ending0,ending1,ending2,ending3,label";

  @TempDir private Path folder;

  private static String article(String id) {
    return ARTICLE.replace("ID", id);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve("multiple-choice").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static ChoiceQuestion first(TaskData<ChoiceQuestion> data, SplitName split) {
    return data.examples(split).get(0);
  }

  @Test
  void bothSchoolsOfRaceAreRead() throws IOException {
    write("race/train/high/2.txt", article("high2"));
    write("race/train/high/10.txt", article("high10"));
    write("race/train/middle/7.txt", article("middle7"));
    write("race/train/middle/._7.txt", "what an archive of some systems has besides");
    write("race/dev/high/1.txt", article("high1"));
    for (Path data : List.of(folder, folder.resolve("multiple-choice/race"))) {
      TaskData<ChoiceQuestion> race = ChoiceTask.RACE.read(data);
      assertThat(race.examples(SplitName.TRAIN))
          .extracting(ChoiceQuestion::id)
          .containsExactly(
              "middle7.txt-1",
              "middle7.txt-2",
              "high10.txt-1",
              "high10.txt-2",
              "high2.txt-1",
              "high2.txt-2");
      assertThat(first(race, SplitName.TRAIN))
          .isEqualTo(
              new ChoiceQuestion(
                  "middle7.txt-1",
                  "middle",
                  "A text.",
                  "What is _ ?",
                  List.of("a", "b", "c", "d"),
                  1));
      assertThat(race.examples(SplitName.DEV))
          .as("one school alone is enough")
          .extracting(ChoiceQuestion::level)
          .containsExactly("high", "high");
    }
  }

  @Test
  void goldOfRaceIsAPartASchoolOrAFile() throws IOException {
    Path high = write("race/dev/high/1.txt", article("high1"));
    write("race/dev/middle/1.txt", article("middle1"));
    Path dev = folder.resolve("multiple-choice/race/dev");
    assertThat(ChoiceTask.RACE.readLabelled(dev)).hasSize(4);
    for (Path path : List.of(high, dev.resolve("high"))) {
      assertThat(ChoiceTask.RACE.readLabelled(path))
          .hasSize(2)
          .allMatch(question -> question.level().equals("high"));
    }
    assertThatThrownBy(() -> ChoiceTask.RACE.readLabelled(folder))
        .hasMessage(folder + ": there is no file *.txt in it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | \"id\" is not there, expected a text",
        "{\"id\": \"x | it is not JSON",
        "{\"id\": \"x\"} | \"article\" is not there, expected a text",
        "{\"id\": \"x\", \"article\": \" \"} | the article is empty",
        "{\"id\": \"x\", \"article\": \"t\", \"questions\": [\"q\"], \"options\": [],"
            + " \"answers\": [\"A\"]} | it has 1 questions, 0 lists of options and 1 answers",
        "{\"id\": \"x\", \"article\": \"t\", \"questions\": [\"q\"], \"options\": [[\"a\", 2]],"
            + " \"answers\": [\"A\"]} | \"options\"[0][1] is 2, expected a text",
        "{\"id\": \"x\", \"article\": \"t\", \"questions\": [\"q\"], \"options\": [[]],"
            + " \"answers\": [\"A\"]} | question x-1: it has 0 choices, at least 2 are needed",
        "{\"id\": \"x\", \"article\": \"t\", \"questions\": [\"q\"], \"options\": [[\"a\", \"b\"]],"
            + " \"answers\": [\"C\"]} | question x-1: the answer is 'C', allowed are A to B",
        "{\"id\": \"x\", \"article\": \"t\", \"questions\": [\"q\"], \"options\": [[\"a\", \"b\"]],"
            + " \"answers\": [\"\"]} | question x-1: the answer is '', allowed are A to B",
        "{\"id\": \"x\", \"article\": \"t\", \"questions\": [], \"options\": [], \"answers\": []} |"
            + " there is no question in it",
      })
  void badArticlesAreNamed(String json, String problem) throws IOException {
    Path file = write("race/train/middle/1.txt", json);
    Path part = folder.resolve("multiple-choice/race/train");
    String named = (problem.startsWith("there is no") ? part : file).toString();
    assertThatThrownBy(() -> ChoiceTask.RACE.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(named)
        .hasMessageContaining(problem);
  }

  @Test
  void idsAreUniqueInAPart() throws IOException {
    Path one = write("race/dev/middle/1.txt", article("same"));
    Path other = write("race/dev/high/1.txt", article("same"));
    assertThatThrownBy(() -> ChoiceTask.RACE.read(folder))
        .hasMessage(other + ": two questions have the id same.txt-1, the other one is in " + one);
  }

  /** Of dev any number can be predicted, a batch of a training has one. */
  @Test
  void trainingQuestionsHaveEquallyManyChoices() throws IOException {
    String fewer = article("fewer").replace("\"e\", ", "");
    write("race/dev/high/1.txt", fewer);
    write("race/train/high/1.txt", article("high1"));
    assertThat(ChoiceTask.RACE.read(folder).examples(SplitName.DEV).get(1).choices()).hasSize(3);
    Path bad = write("race/train/high/2.txt", fewer);
    assertThatThrownBy(() -> ChoiceTask.RACE.read(folder))
        .hasMessage(
            bad
                + ": question fewer.txt-2 has 3 choices, question high1.txt-1 before it has 4; to be"
                + " trained on, all need the same number");
  }

  @Test
  void dialoguesAreJoinedTurnByTurn() throws IOException {
    write(
        "dream/dev.json",
        """
        [[["M: Hi.", "W: Oh."],
          [{"question": "Who?", "choice": ["He.", "She."], "answer": "She."}],
          "14-349"]]
        """);
    assertThat(first(ChoiceTask.DREAM.read(folder), SplitName.DEV))
        .isEqualTo(
            new ChoiceQuestion(
                "14-349-1", "", "M: Hi.\nW: Oh.", "Who?", List.of("He.", "She."), 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | it is no list, expected a dialogue each",
        "[] 7 | line 1: something follows the list",
        "[\\n\\n7] | in the dialogue that begins on line 3: it is 7, expected a list",
        "[[[], []]] | it has 2 parts, expected are 3",
        "[[[], [], \"1\"]] | the dialogue is empty",
        "[[[\"a\"], [], \"1\"]] | there is no question in it",
        "[[[\"a\"], [{\"question\": \"q\"}], \"1\"]] | \"choice\" is not there, expected a list",
        "[[[\"a\"], [{\"question\": \"q\", \"choice\": [\"x\", \"y\"], \"answer\": \"z\"}], \"1\"]]"
            + " | question 1-1: the answer is 'z', which is none of the choices 'x', 'y'",
        "[[[\"a\"], [{\"question\": \"q\", \"choice\": [\"x\", \"x\"], \"answer\": \"x\"}], \"1\"]]"
            + " | question 1-1: the answer is 'x', which is more than one of the choices",
      })
  void badDialoguesAreNamed(String json, String problem) throws IOException {
    Path file = write("dream/train.json", json.replace("\\n", "\n"));
    assertThatThrownBy(() -> ChoiceTask.DREAM.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(problem);
  }

  @Test
  void swagIsReadByItsColumns() throws IOException {
    write(
        "swag/val.csv",
        "\ufeff"
            + HEADER
            + "\r\n0,v,1,\"A \"\"man\"\", sits. He\",\"A \"\"man\"\", sits.\",He,gold,\"a,\nb\",c,d,e,3"
            + "\r\n1,v,1,x,y,z,gold,a,b,c,d,0\r\n");
    write("swag/test.csv", HEADER.replace(",label", "") + "\n0,v,1,x,y,z,gold,a,b,c,d\n");
    TaskData<ChoiceQuestion> swag = ChoiceTask.SWAG.read(folder);
    assertThat(swag.examples(SplitName.DEV))
        .containsExactly(
            new ChoiceQuestion(
                "0", "", "A \"man\", sits.", "He", List.of("a,\nb", "c", "d", "e"), 3),
            new ChoiceQuestion("1", "", "y", "z", List.of("a", "b", "c", "d"), 0));
    assertThat(first(swag, SplitName.TEST).hasLabel()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | train.csv: it is empty, expected is a header",
        "a,b\\n1,2 | line 1: it has no column sent1, the columns are 'a', 'b'",
        "sent1,sent2,ending0,ending1,ending2,ending3\\na,b,c,d,e,f | line 1: it has no column label",
        "sent1,sent1,sent2 | line 1: it has more than one column sent1",
        "HEADER\\n0,v,1,x,y,z,gold,a,b,c,d,0\\n1,v | line 3: it has 2 columns, the header has 12",
        "HEADER\\n0,v,1,x,y,z,gold,a,b,c,d,0\\n\\n1,v,1,x,y,z,gold,\"a\\n\",b,c,d,4 |"
            + " line 4: the label is '4', allowed are 0 to 3",
        "HEADER\\n0,v,1,x,y,z,gold,a,b,c,d,0\\n1,\"v,1,x | line 3: a quotation mark is not closed",
        "HEADER\\n0,\"v\"w,1 | line 2: a quotation mark is not closed, or something follows",
      })
  void badTablesAreNamedByLine(String csv, String problem) throws IOException {
    write("swag/train.csv", csv.replace("HEADER", HEADER).replace("\\n", "\n"));
    assertThatThrownBy(() -> ChoiceTask.SWAG.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(folder.resolve("multiple-choice/swag").toString())
        .hasMessageContaining(problem);
  }

  @Test
  void bytesThatAreNotTextAreRefused() throws IOException {
    Path file = write("swag/train.csv", "");
    Files.write(file, new byte[] {'a', ',', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> ChoiceTask.SWAG.read(folder))
        .hasMessage(file + ": it is not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RACE", "DREAM", "SWAG"})
  void whatIsMissingSaysWhereItShouldLie(ChoiceTask task) {
    assertThatThrownBy(() -> task.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("expected multiple-choice/" + task.id() + " with train")
        .hasMessageContaining(task == ChoiceTask.RACE ? "by hand: ask" : "data get " + task.id());
  }

  @Test
  void theRealDreamIsRead() {
    TaskData<ChoiceQuestion> dream =
        ChoiceTask.DREAM.read(TestData.external("multiple-choice/dream"));
    assertThat(dream.examples(SplitName.TRAIN)).hasSize(6_116);
    assertThat(dream.examples(SplitName.DEV)).hasSize(2_040);
    assertThat(dream.examples(SplitName.TEST)).hasSize(2_041);
    assertThat(dream.splits().values())
        .allSatisfy(
            part ->
                assertThat(part)
                    .allMatch(question -> question.hasLabel() && question.choices().size() == 3));
    assertThat(first(dream, SplitName.DEV).choices().get(1)).isEqualTo("To change her job.");
    assertThat(first(dream, SplitName.DEV).answer()).isEqualTo(1);
  }
}
