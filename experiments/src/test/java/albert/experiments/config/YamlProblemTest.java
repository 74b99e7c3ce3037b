package albert.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import albert.model.config.ConfigException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Malformed YAML is explained without a word of the parser's. */
final class YamlProblemTest {
  private static final Pattern OF_THE_PARSER =
      Pattern.compile(
          "(?i)token|block|flow|scalar|node|mapping|sequence|stream|document start|java|tag:"
              + "|exception|expected|found");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: [1, 2 | not YAML: a ',' or ']' is missing in x.yaml, line 1, column 9",
        "a: {b: 1 | not YAML: a ',' or '}' is missing in x.yaml, line 1, column 9",
        "a: b: c | not YAML: a ':' where no key can end in x.yaml, line 1, column 5",
        "a: 1~  b: 2 | not YAML: a ':' where no key can end in x.yaml, line 2, column 4",
        "a:~\t- b | not YAML: a tab, lines are indented with blanks in x.yaml, line 2, column 1",
        "a: \"x | not YAML: a quotation mark is not closed in x.yaml, line 1, column 6",
        "a: 'x | not YAML: a quotation mark is not closed in x.yaml, line 1, column 6",
        "a: 1~b | not YAML: a key without ':' in x.yaml, line 2, column 2",
        "- a~b: 1 | not YAML: a line, or what follows a value, does not fit what is above it in x",
        "a: 'b'c | not YAML: a line, or what follows a value, does not fit what is above it in x",
        "a:~  - b~ c: 1 | not YAML: a line, or what follows a value, does not fit what is above it",
        "a: @x | not YAML: '@' begins a value, which needs quotes in x.yaml, line 1, column 4",
        "a: %x | not YAML: '%' begins a value, which needs quotes in x.yaml, line 1, column 4",
        "a: ] | not YAML: ']' stands where none can be in x.yaml, line 1, column 4",
        "a: [1]] | not YAML: ']' stands where none can be in x.yaml, line 1, column 7",
        "a: [b,, c] | not YAML: ',' stands where none can be in x.yaml, line 1, column 7",
        "a: - b | not YAML: a list with '-' begins on its own line in x.yaml, line 1, column 4",
        "a: *y | anchors and aliases (*) are not supported in x.yaml, line 1, column 4",
        "a: !!x | tags (!!) are not supported in x.yaml, line 1, column 4",
        "a: \"\\q\" | not YAML: a text has a wrong escape in x.yaml, line 1, column 6",
        "a: 1~---~b: 2 | a second document begins, allowed is one in x.yaml, line 2, column 1",
        "a: !<x | not YAML in x.yaml, line 1, column 7",
        "* | not YAML in x.yaml, line 1, column 2",
        "%FOO~a: 1 | not YAML in x.yaml, line 2, column 1",
      })
  void eachKindHasAPhrase(String text, String words) {
    assertPlain(text.replace('~', '\n'), words);
  }

  @Test
  void sizesAndControlCharacters() {
    assertPlain("a: \u0001", "not YAML: it has control characters in x.yaml");
    assertPlain("[".repeat(10_000), "it is nested too deeply in x.yaml");
  }

  private static void assertPlain(String text, String words) {
    ConfigException problem =
        catchThrowableOfType(ConfigException.class, () -> YamlFile.parse(text, "x.yaml"));
    assertThat(problem).hasMessageStartingWith(words);
    assertThat(String.valueOf(problem.getMessage())).doesNotContainPattern(OF_THE_PARSER);
  }
}
