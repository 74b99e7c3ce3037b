package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code score}: official files in, official figures out. */
final class ScoreCommandTest {

  private static final String SST_2 = "sentence\tlabel\ngood\t1\nbad\t0\n\"odd\t1\nfine\t1\n";
  private static final String STS_B =
      "index\tsentence1\tsentence2\tscore\n0\ta\tb\t5.000\n1\ta\tb\t0.000\n2\ta\tb\t2.500\n";
  private static final String SQUAD =
      "{\"version\": \"v2.0\", \"data\": [{\"title\": \"t\", \"paragraphs\": [{\"context\": \"c\","
          + " \"qas\": ["
          + "{\"id\": \"a\", \"question\": \"q\", \"answers\": [{\"text\": \"The red fox\","
          + " \"answer_start\": 0}]},"
          + "{\"id\": \"b\", \"question\": \"q\", \"answers\": [], \"is_impossible\": true}"
          + "]}]}]}";

  @TempDir private Path folder;

  @Test
  void gluePredictionsInAnyOrder() throws IOException {
    JsonNode json = scored("sst-2", SST_2, "index\tprediction\r\n3\t1\r\n0\t1\r\n1\t1\r\n2\t0\r\n");
    assertThat(json.get("task").asText()).isEqualTo("sst-2");
    assertThat(json.get("n").asInt()).isEqualTo(4);
    assertThat(json.get("scores").get("accuracy").asDouble()).isEqualTo(0.5);
    assertThat(json.get("protocol").asText()).isNotEmpty();
  }

  @Test
  void anUndefinedScoreIsNull() throws IOException {
    JsonNode json = scored("sts-b", STS_B, "index\tprediction\n0\t1\n1\t1\n2\t1\n");
    assertThat(json.get("scores").get("pearson").isNull()).isTrue();
    assertThat(json.get("scores").get("spearman").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1f", "2d", "0x1p1", "NaN", "Infinity", "' 1'", "'1 '", "+1", "\u0661"})
  void aPredictionIsAPlainNumber(String number) throws IOException {
    Cli cli = run("sts-b", STS_B, "index\tprediction\n0\t1\n1\t" + number + "\n2\t1\n");
    assertThat(cli.err()).contains("line 3: the label is '" + number + "'");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.status()).isEqualTo(2);
  }

  @Test
  void squad2() throws IOException {
    JsonNode json = scored("squad-v2.0", SQUAD, "{\"a\": \"red dog\", \"b\": \"\"}");
    assertThat(json.get("n").asInt()).isEqualTo(2);
    assertThat(json.get("scores").get("exact").asDouble()).isEqualTo(50);
    assertThat(json.get("scores").get("HasAns_f1").asDouble()).isEqualTo(50);
  }

  /** Predictions and probabilities that are no numbers are named, and nothing is scored. */
  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999"})
  void whatIsNotFiniteIsRefusedWithItsLine(String value) throws IOException {
    Cli glue = run("sts-b", STS_B, "index\tprediction\n0\t1\n1\t" + value + "\n2\t1\n");
    assertThat(glue.status()).isEqualTo(2);
    assertThat(glue.err()).contains(", line 3: the label is '" + value + "'");
    assertThat(glue.err().lines()).hasSize(1);
    Path odds = folder.resolve("odds.json");
    Files.writeString(odds, "{\n\"a\": 0.5,\n\"b\": " + value + "\n}");
    Path gold = Files.writeString(folder.resolve("squad.json"), SQUAD);
    Path answers = Files.writeString(folder.resolve("answers.json"), "{\"a\": \"x\", \"b\": \"\"}");
    Cli squad =
        Cli.run(
            "score",
            "--task",
            "squad-v2.0",
            "--gold",
            gold.toString(),
            "--predictions",
            answers.toString(),
            "--na-probabilities",
            odds.toString());
    assertThat(squad.status()).isEqualTo(2);
    assertThat(squad.err())
        .contains("odds.json, line 3: 'b' is ")
        .contains("needed is a finite number");
    assertThat(squad.err().lines()).hasSize(1);
    assertThat(squad.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index;prediction;0;1 | line 1: the header is 'index;prediction;0;1'",
        "index,prediction;0,1;1,1;1,0 | line 4: index 1 is repeated, first in line 3",
        "index,prediction;0,1;2,1;3,0 | index 1 has no prediction; 1 of 4 have none",
        "index,prediction;0,1;4,1 | line 3: index is '4', allowed are 0 to 3",
        "index,prediction;+0,1 | line 2: index is '+0', allowed are 0 to 3",
        "index,prediction;00,1 | line 2: index is '00', allowed are 0 to 3",
        "index,prediction;\u0660,1 | line 2: index is '\u0660', allowed are 0 to 3",
        "index,prediction;0,1;;1,1 | line 3: it has 1 columns, expected are 2",
        "index,prediction;0,yes | line 2: the label is 'yes', task sst-2 has 0, 1",
        "index,prediction;0,1,2 | line 2: it has 3 columns, expected are 2"
      })
  void whatIsWrongIsSaidWithItsLine(String predictions, String words) throws IOException {
    boolean header = predictions.startsWith("index,");
    String text = header ? predictions.replace(';', '\n').replace(',', '\t') : predictions;
    Cli cli = run("sst-2", SST_2, text);
    assertThat(cli.err()).contains("predictions", words);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "squad-v2.0 | {\"a\": \"x\"} | question 'b' has no prediction; 1 of 2 have none",
        "squad-v2.0 | {\"a\": 3, \"b\": \"\"} | 'a' is a number, needed is a text",
        "squad-v2.0 | [1] | needed is an object",
        "squad-v2.0 | {\"a\": \"x\", \"a\": \"y\"} | line 1: it is not JSON: key 'a' is repeated",
        "squad-v2.0 | {\"a\": \"x\"} {} | line 1: it is not JSON: something follows the value",
        "squad-v2.0 | {\"a\": \"x\", | line 1: it is not JSON: it ends before all that was opened is",
        "squad-v1.1 | {} | question 'b' has no gold answer",
        "mrcp | {} | --task is 'mrcp', allowed are cola"
      })
  void whatIsWrongWithSquadIsSaid(String task, String predictions, String words)
      throws IOException {
    Cli cli = run(task, SQUAD, predictions);
    assertThat(cli.err()).contains(words);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.status()).isEqualTo(2);
  }

  @Test
  void unansweredQuestionsOfSquad1AreCounted() throws IOException {
    String gold = squad1(5);
    Cli cli = run("squad-v1.1", gold, "{\"q2\": \"fox\", \"zz\": \"a\\nb\"}");
    assertThat(cli.status()).isZero();
    assertThat(cli.err().lines())
        .containsExactly(
            "albert: "
                + folder.resolve("predictions")
                + ": 1 of 2 entries are for no question of the gold file and do not count: zz",
            "albert: 4 of 5 questions are unanswered and receive score 0: q1, q3, q4, …");
    JsonNode json = JsonMapper.builder().build().readTree(cli.out());
    assertThat(json.get("n").asInt()).isEqualTo(5);
    assertThat(json.get("scores").get("exact_match").asDouble()).isEqualTo(20);
    assertThat(run("squad-v1.1", squad1(1), "{\"q1\": \"fox\"}").err()).isEmpty();
  }

  @Test
  void probabilitiesOfNoAnswerFitTheQuestions() throws IOException {
    Path gold = Files.writeString(folder.resolve("gold"), SQUAD);
    Path answers = Files.writeString(folder.resolve("answers"), "{\"a\": \"x\", \"b\": \"\"}");
    Path none = folder.resolve("none");
    String[] arguments = {
      "score",
      "--task",
      "squad-v2.0",
      "--gold",
      gold.toString(),
      "--predictions",
      answers.toString(),
      "--na-probabilities",
      none.toString()
    };
    Files.writeString(none, "{\"a\": 0.5}");
    Cli lacking = Cli.run(arguments);
    assertThat(lacking.status()).isEqualTo(2);
    assertThat(lacking.err())
        .contains(none + ": question 'b' has no probability of no answer; 1 of 2 have none");
    Files.writeString(none, "{\"a\": 0.5, \"b\": 1, \"c\": 0}");
    Cli more = Cli.run(arguments);
    assertThat(more.status()).isZero();
    assertThat(more.err()).contains(none + ": 1 of 3 entries are for no question").contains(": c");
    for (String wrong : new String[] {"NaN", "\"0.5\"", "1e999", "1f", "0x1p1"}) {
      Files.writeString(none, "{\"a\": 0.5, \"b\": " + wrong + "}");
      Cli cli = Cli.run(arguments);
      assertThat(cli.status()).as(wrong).isEqualTo(2);
      assertThat(cli.err().lines()).hasSize(1);
    }
  }

  private static String squad1(int questions) {
    StringBuilder all = new StringBuilder();
    for (int i = 1; i <= questions; i++) {
      all.append(i == 1 ? "" : ",")
          .append("{\"id\": \"q")
          .append(i)
          .append("\", \"question\": \"q\", \"answers\": [{\"text\": \"fox\",")
          .append(" \"answer_start\": 0}]}");
    }
    return "{\"version\": \"1.1\", \"data\": [{\"title\": \"t\", \"paragraphs\":"
        + " [{\"context\": \"fox\", \"qas\": ["
        + all
        + "]}]}]}";
  }

  @Test
  void aMissingFileIsNamed() {
    Cli cli = Cli.run("score", "--task", "sst-2", "--gold", "absent.tsv", "--predictions", "p.tsv");
    assertThat(cli.err()).contains("absent.tsv");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.status()).isEqualTo(2);
  }

  private JsonNode scored(String task, String gold, String predictions) throws IOException {
    Cli cli = run(task, gold, predictions);
    assertThat(cli.status()).as(cli.err()).isZero();
    return JsonMapper.builder().build().readTree(cli.out());
  }

  private Cli run(String task, String gold, String predictions) throws IOException {
    Path goldFile = Files.writeString(folder.resolve("gold"), gold);
    Path file = Files.writeString(folder.resolve("predictions"), predictions);
    return Cli.run(
        "score",
        "--task",
        task,
        "--gold",
        goldFile.toString(),
        "--predictions",
        file.toString(),
        "--json");
  }
}
