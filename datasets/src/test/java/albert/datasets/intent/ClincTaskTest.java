package albert.datasets.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.TestData;
import albert.datasets.baseline.NaiveBayes;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.text.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClincTaskTest {
  private static final String GOOD =
      """
      {"oos_val": [["why", "oos"]],
       "val": [["hi", "greet"]],
       "train": [["hello", "greet"], ["hey", "greet"],
         ["bye", "part"], ["ciao", "part"], ["see you", "part"]],
       "oos_test": [["when", "oos"], ["who", "oos"]], "test": [["farewell", "part"]],
       "oos_train": [["what", "oos"]]}
      """;

  @TempDir private Path folder;

  private TaskData<TextExample> read(String json) throws IOException {
    return read(json, new ClincTask());
  }

  private TaskData<TextExample> read(String json, ClincTask task) throws IOException {
    Path files = Files.createDirectories(folder.resolve("intent/clinc150"));
    Files.writeString(files.resolve("data_full.json"), json);
    return task.read(folder);
  }

  @Test
  void queriesOfTrainComeByTurnsAndThoseOutOfScopeLast() throws IOException {
    TaskData<TextExample> data = read(GOOD);
    assertThat(data.labels()).containsExactly("greet", "part");
    assertThat(data.examples(SplitName.TRAIN))
        .extracting(TextExample::text)
        .containsExactly("hello", "bye", "hey", "ciao", "see you");
    assertThat(data.examples(SplitName.TRAIN).get(1).id()).isEqualTo("train-2");
    assertThat(data.examples(SplitName.DEV))
        .containsExactly(
            new TextExample("val-0", "hi", null, 0), new TextExample("oos_val-0", "why", null, 2));
    assertThat(data.examples(SplitName.TEST))
        .extracting(TextExample::labelIndex)
        .containsExactly(1, 2, 2);
  }

  /** As one more label, by turns with the intents; dev and test are as they were. */
  @Test
  void queriesOutOfScopeMayBeLearnt() throws IOException {
    TaskData<TextExample> without = read(GOOD);
    TaskData<TextExample> data = read(GOOD, new ClincTask(true));
    assertThat(data.labels()).containsExactly("greet", "part", "oos");
    assertThat(data.examples(SplitName.TRAIN))
        .extracting(TextExample::text)
        .containsExactly("hello", "bye", "what", "hey", "ciao", "see you");
    assertThat(data.examples(SplitName.TRAIN).get(2))
        .isEqualTo(new TextExample("oos_train-0", "what", null, 2));
    for (SplitName part : List.of(SplitName.DEV, SplitName.TEST)) {
      assertThat(data.examples(part)).isEqualTo(without.examples(part));
    }
    assertThat(data.fingerprint()).isNotEqualTo(without.fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"val\": [ | \"vel\": [ | line 2: the list 'vel' is not known, allowed are [oos_test, oos_train,",
        "[\"hi\", \"greet\"] | [\"hi\", \"wave\"] | line 2: a query of 'val' has the intent wave, which train lacks",
        "[\"hi\", \"greet\"] | [\"hi\"] | line 2: expected is a list of queries, each a list of a text",
        "[\"hi\", \"greet\"] | [\"hi\", 3] | line 2: expected is a list of queries",
        "[\"hi\", \"greet\"] | [\"hi\", \"oos\"] | line 2: the intent of a query in 'val' is 'oos', allowed is the name",
        "[\"why\", \"oos\"] | [\"why\", \"greet\"] | line 1: the intent of a query in 'oos_val' is 'greet', allowed is oos",
        "[[\"what\", \"oos\"]] | [] | there is no query in the list 'oos_train'",
        "[[\"what\", \"oos\"]]} | [[\"what\", \"oos\"]] | it is not JSON: it ends before",
      })
  void badDataIsNamedByLine(String from, String to, String problem) throws IOException {
    assertThat(GOOD).contains(from);
    assertThatThrownBy(() -> read(GOOD.replace(from, to)))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void oneIntentAloneIsRefused() {
    assertThatThrownBy(() -> read(GOOD.replace("part", "greet")))
        .hasMessageContaining("all queries of train have one intent");
  }

  /** The real file; a bag of words gives probabilities whose largest is its answer. */
  @Test
  void theRealFileIsRead() {
    TaskData<TextExample> data =
        new ClincTask().readFile(TestData.external("intent/clinc150/data_full.json"));
    assertThat(data.labels()).hasSize(150);
    List<TextExample> train = data.examples(SplitName.TRAIN);
    assertThat(train).hasSize(15_000);
    assertThat(train.subList(0, 150)).extracting(TextExample::labelIndex).doesNotHaveDuplicates();
    assertThat(data.examples(SplitName.DEV)).hasSize(3_100);
    assertThat(data.examples(SplitName.TEST)).hasSize(5_500);
    assertThat(data.examples(SplitName.TEST).stream().filter(one -> one.labelIndex() == 150))
        .hasSize(1_000);
    NaiveBayes bayes = NaiveBayes.train(train, 150);
    for (TextExample query : data.examples(SplitName.DEV).subList(0, 50)) {
      double[] probabilities = bayes.probabilities(query);
      assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, Offset.offset(1e-9));
      double largest = Arrays.stream(probabilities).max().orElseThrow();
      assertThat(probabilities[bayes.predict(query)]).isEqualTo(largest);
    }
  }
}
