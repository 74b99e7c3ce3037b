package albert.datasets.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.DataFormatException;
import albert.datasets.TestData;
import albert.datasets.baseline.OverlappingSentence;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.evaluation.metric.SquadFiles;
import albert.evaluation.metric.SquadScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SquadTaskTest {

  @TempDir Path folder;

  private TaskData<SpanExample> read(SquadTask task, String questions) throws IOException {
    String json =
        ("{'version': 'x', 'other': {'data': []}, 'data': [\n{'title': 'T', 'paragraphs': [{"
                + "'context': 'One \ud83d\ude00 two three two.', 'qas': ["
                + questions
                + "]}]}\n], 'more': [1]}")
            .replace('\'', '"');
    Files.writeString(folder.resolve(task.files().getOrDefault(SplitName.DEV, "")), json);
    return task.read(folder);
  }

  private static String question(String id, String rest) {
    return "{'id': '" + id + "', 'question': 'Which?', " + rest + "}";
  }

  @Test
  void offsetsCountCodePointsAndWrongOnesAreMended() throws IOException {
    TaskData<SpanExample> data =
        read(
            SquadTask.V2_0,
            String.join(
                ",",
                question("a", "'answers': [{'text': 'two', 'answer_start': 6}]"),
                question("b", "'answers': [{'text': 'two', 'answer_start': 15}]"),
                question("c", "'answers': [{'text': 'two', 'answer_start': 13}]"),
                question("d", "'answers': [{'text': 'four', 'answer_start': 99}]"),
                question("e", "'is_impossible': true, 'answers': []")));
    List<SpanExample> dev = data.examples(SplitName.DEV);
    assertThat(dev).extracting(SpanExample::id).containsExactly("a", "b", "c", "d", "e");
    assertThat(dev.get(0).answers()).containsExactly(new SpanAnswer("two", 7));
    assertThat(dev.get(1).answers()).as("nearest").containsExactly(new SpanAnswer("two", 17));
    assertThat(dev.get(2).answers()).as("nearest").containsExactly(new SpanAnswer("two", 17));
    assertThat(dev.get(3).answers()).as("nowhere").containsExactly(new SpanAnswer("four", -1));
    assertThat(dev.get(3).target()).isEmpty();
    assertThat(dev.get(3).isAnswerable()).isTrue();
    assertThat(dev.get(4).isAnswerable()).isFalse();
    assertThat(data.fingerprint().rows()).isEqualTo(Map.of("dev", 5L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | it has no list \"data\"",
        "[] | it has no list \"data\"",
        "{'data': [ | line 1: it is not JSON: it ends before all that was opened is closed (",
        "{'data': [NaN]} | line 1: it is not JSON: NaN is no number in JSON (column",
        "{'data': [~{'title': 'a',}]} | line 2: it is not JSON: a key in double quotation marks is",
        "{'data': []} | there is no question",
        "{'data': [~ {'title': 'a'}]} | on line 2: \"paragraphs\" is not there, expected a list",
        "{'data': [{'paragraphs': []}]} | on line 1: \"title\" is not there, expected a text",
        "{'data': [{'title': 'a', 'title': 'b'}]} | line 1: it is not JSON: key 'title' is repeated"
            + " (column",
        "{'data': [{'title': 'a', 'paragraphs': [{'context': 3}]}]} | \"context\" is 3, expected a"
            + " text",
      })
  void whatIsWrongIsNamed(String json, String message) throws IOException {
    Path file = folder.resolve("train-v2.0.json");
    Files.writeString(file, json.replace('\'', '"').replace('~', '\n'));
    assertThatThrownBy(() -> SquadTask.V2_0.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void questionsThatCannotBeAreRefused() {
    String good = question("a", "'answers': [{'text': 'two', 'answer_start': 6}]");
    assertThatThrownBy(() -> read(SquadTask.V1_1, good + "," + good))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("in the article that begins on line 2: two questions have the id a");
    assertThatThrownBy(() -> read(SquadTask.V1_1, question("a", "'answers': []")))
        .hasMessageContaining("question a has no answer, every one of SQuAD v1.1 has");
    assertThatThrownBy(
            () -> read(SquadTask.V2_0, good.replace("{'id'", "{'is_impossible':true,'id'")))
        .hasMessageContaining("question a has answers and is_impossible");
    assertThatThrownBy(() -> read(SquadTask.V2_0, good.replace("6}", "'6'}")))
        .hasMessageContaining("\"answer_start\" is a text, expected a whole number");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertThatThrownBy(() -> SquadTask.V1_1.read(folder))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("expected squad with train-v1.1.json or dev-v1.1.json in it")
        .hasMessageEndingWith("`./albert data get squad-v1.1 --to " + folder + "` gets it");
    TaskData<SpanExample> data = read(SquadTask.V2_0, question("e", "'answers': []"));
    assertThatThrownBy(() -> data.examples(SplitName.TRAIN))
        .isInstanceOf(DataFormatException.class)
        .hasMessage("squad/train-v2.0.json: there is no train data of task squad-v2.0, only dev");
    assertThatThrownBy(() -> SquadTask.V2_0.forTraining(data))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(
            "squad/dev-v2.0.json: without train-v2.0.json it is split by article for training,"
                + " but its 1 questions of 1 articles are too few for that");
    assertThat(SquadTask.byId("squad-v2.0")).contains(SquadTask.V2_0);
    assertThat(SquadTask.byId("squad")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "V1_1, 10570, 10570, 48, 7073, 3497",
    "V2_0, 11873, 5928, 35, 9932, 1941",
  })
  void theRealDevSetsAreReadAndSplitWithoutALeak(
      SquadTask task, int questions, int answerable, int articles, int train, int heldOut)
      throws IOException {
    TaskData<SpanExample> data = task.read(TestData.external("squad"));
    List<SpanExample> dev = data.examples(SplitName.DEV);
    assertThat(dev).hasSize(questions);
    assertThat(dev.stream().filter(SpanExample::isAnswerable)).hasSize(answerable);
    assertThat(titles(dev)).hasSize(articles);
    for (SpanExample example : dev) {
      for (SpanAnswer answer : example.answers()) {
        assertThat(example.context().substring(answer.start(), answer.end()))
            .isEqualTo(answer.text());
      }
    }
    TaskData<SpanExample> split = task.forTraining(data);
    List<SpanExample> trained = split.examples(SplitName.TRAIN);
    List<SpanExample> held = split.examples(SplitName.DEV);
    assertThat(trained).hasSize(train);
    assertThat(held).hasSize(heldOut);
    assertThat(titles(trained)).doesNotContainAnyElementsOf(titles(held));
    assertThat(contexts(trained)).doesNotContainAnyElementsOf(contexts(held));
    assertThat(split.fingerprint().source())
        .startsWith("dev-v" + task.id().substring(7) + ".json split by article: train " + train);
    assertThat(split.fingerprint().sha256()).isNotEqualTo(data.fingerprint().sha256());
    assertThat(split.withFirstTrain(10).fingerprint().rows())
        .containsEntry("train", 10L)
        .containsEntry("dev", (long) heldOut);

    SquadWriter.write(folder.resolve(task.files().get(SplitName.DEV)), task, held);
    assertThat(task.read(folder).examples(SplitName.DEV)).isEqualTo(held);
  }

  private static Set<String> titles(List<SpanExample> examples) {
    return examples.stream().map(SpanExample::title).collect(Collectors.toSet());
  }

  private static Set<String> contexts(List<SpanExample> examples) {
    return new HashSet<>(examples.stream().map(SpanExample::context).toList());
  }

  @Test
  void aSentenceThatSharesWordsIsAFeebleAnswer() throws IOException {
    Path file = TestData.external("squad/dev-v1.1.json");
    Map<String, String> answers = new HashMap<>();
    for (SpanExample example :
        SquadTask.V1_1.read(TestData.external("squad")).examples(SplitName.DEV)) {
      String answer = OverlappingSentence.answer(example);
      assertThat(example.context()).contains(answer);
      answers.put(example.id(), answer);
    }
    Map<String, Double> scores = SquadScores.v1(SquadFiles.questions(file), answers);
    assertThat(scores.getOrDefault("exact_match", -1.0)).isBetween(0.0, 2.0);
    assertThat(scores.getOrDefault("f1", -1.0)).isBetween(15.0, 25.0);
  }
}
