package albert.evaluation.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Malformed JSON is explained without a word for programmers. */
final class JsonProblemTest {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Class names, features, the library's own places. */
  private static final Pattern FOR_PROGRAMMERS =
      Pattern.compile(
          "(?i)source|redacted|reference chain|enable|feature|json[A-Z]\\w|`|java|\\bcode \\d"
              + "|\\bint\\b|boolean|deserializ|coerc|creator|token|marker|field");

  private record Kinds(
      int count, double share, String name, boolean on, List<Integer> steps, Instant when) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                | it ends before all that was opened is closed (column 2)",
        "{\"a\"           | it ends before all that was opened is closed (column 5)",
        "[1, 2            | it ends before all that was opened is closed (column 6)",
        "\"abc            | it ends before all that was opened is closed (column 5)",
        "{\"a\": 1,}      | a key in double quotation marks is needed (column 9)",
        "{a: 1}           | a key in double quotation marks is needed (column 2)",
        "{'a': 1}         | a key in double quotation marks is needed (column 2)",
        "[1,]             | a value is needed (column 4)",
        "<html>           | a value is needed (column 1)",
        "{\"a\": +1}      | a number is malformed",
        "{\"a\": .5}      | a value is needed",
        "{\"a\": 01}      | a number is malformed",
        "{\"a\": 5.}      | a number is malformed",
        "{\"a\": NaN}     | NaN is no number in JSON",
        "{\"a\": -Infinity} | -Infinity is no number in JSON",
        "{\"a\": None}    | 'None' is no value, a text needs quotation marks (column 7)",
        "{\"a\": 1 \"b\": 2} | a comma is missing, or a value is malformed (column 9)",
        "{\"a\": 1f}      | a comma is missing, or a value is malformed (column 8)",
        "{\"a\" 1}        | a colon is missing after a key (column 6)",
        "{\"a\": \"\\q\"} | a text has a backslash before a wrong letter",
        "{\"a\": \"\\u12g4\"} | \\u needs four hexadecimal digits",
        "{\"a\": 1} x     | 'x' is no value, a text needs quotation marks (column 10)",
        "{\"a\": 1} {}    | something follows the value (column 10)",
        "{\"a\": 1, \"a\": 2} | key 'a' is repeated",
        "}                | '}' closes nothing (column 1)",
        "// c             | a value is needed (column 1)",
      })
  void eachKindHasAPhrase(String text, String words) {
    assertPlain(problem(text), words);
  }

  @Test
  void controlCharactersAndAbsurdSizes() {
    assertPlain(problem("{\"a\": \"x\ny\"}"), "a text has a line break or control character");
    assertPlain(problem("\u0001"), "a value is needed");
    assertPlain(problem("\ufeff{}"), "a value is needed");
    assertPlain(problem("[".repeat(1100)), "it is nested too deeply");
    assertPlain(problem("1".repeat(1100)), "a number has too many digits");
    assertThat(JsonProblem.line(problem("{\n\"a\": 1\n\"b\": 2}"))).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'count': 1 | 'count': '1' | a whole number is needed in count",
        "'count': 1 | 'count': 1.5 | a whole number is needed, found is 1.5 in count",
        "'count': 1 | 'count': null | a whole number is needed in count",
        "'count': 1 | 'count': 99999999999 | a whole number is too large (column 22) in count",
        "'count': 1 | 'count': {} | a whole number is needed in count",
        "'share': 0.5 | 'share': 'x' | a number is needed in share",
        "'name': 'n' | 'name': [] | a text is needed in name",
        "'name': 'n' | 'name': 3 | a text is needed, found is 3 in name",
        "'on': true | 'on': 'yes' | true or false is needed in on",
        "[1] | {} | a list is needed in steps",
        "[1] | ['q'] | a whole number is needed in steps[0]",
        "'2026-01-31T12:00:00Z' | 'now' | a time such as 2026-01-31T12:00:00Z is needed, found is"
            + " now",
        "'name': 'n' | 'name': 'n', 'nam': 'n' | unknown key 'nam'; allowed are [",
        "'name': 'n', | '' | missing key 'name'",
        "[1], | [1 | a comma is missing, or a value is malformed",
      })
  void typesThatARecordNeeds(String right, String wrong, String words) {
    String whole =
        "{'count': 1, 'share': 0.5, 'name': 'n', 'on': true, 'steps': [1],"
            + " 'when': '2026-01-31T12:00:00Z'}";
    String text = whole.replace(right, wrong.equals("''") ? "" : wrong).replace('\'', '"');
    RecordFormatException problem =
        catchThrowableOfType(
            RecordFormatException.class,
            () -> new StrictJson().parse(Path.of("run.json"), 1, text, Kinds.class));
    assertThat(problem).hasMessageContaining("run.json, line 1: ").hasMessageContaining(words);
    assertThat(String.valueOf(problem.getMessage())).doesNotContainPattern(FOR_PROGRAMMERS);
  }

  @Test
  void aListOrNothingInsteadOfAnObject() {
    for (String text : List.of("[]", "3", "\"x\"")) {
      RecordFormatException problem =
          catchThrowableOfType(
              RecordFormatException.class,
              () -> new StrictJson().parse(Path.of("run.json"), 4, text, Kinds.class));
      assertThat(problem).hasMessage("run.json, line 4: an object is needed");
    }
  }

  private static JsonProcessingException problem(String text) {
    return catchThrowableOfType(JsonProcessingException.class, () -> STRICT.readTree(text));
  }

  private static void assertPlain(JsonProcessingException problem, String words) {
    assertThat(JsonProblem.words(problem)).startsWith(words);
    assertThat(JsonProblem.words(problem)).doesNotContainPattern(FOR_PROGRAMMERS);
  }
}
