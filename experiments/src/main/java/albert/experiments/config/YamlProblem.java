package albert.experiments.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What is wrong with a YAML text, in words for the person who wrote it. The library's own messages
 * are in the words of its parser, so none of them is shown: each kind has a phrase here.
 */
final class YamlProblem {
  private static final List<Phrase> PHRASES =
      List.of(
          phrase("but found another document.*", "a second document begins, allowed is one"),
          phrase("expected ',' or '(.)'.*", "not YAML: a ',' or '%s' is missing"),
          phrase("mapping values are not allowed.*", "not YAML: a ':' where no key can end"),
          phrase(".*\\(TAB\\)'.*", "not YAML: a tab, lines are indented with blanks"),
          phrase("found character '(.)' .*", "not YAML: '%s' begins a value, which needs quotes"),
          phrase("found unexpected end of stream", "not YAML: a quotation mark is not closed"),
          phrase("could not find expected ':'", "not YAML: a key without ':'"),
          phrase(
              "expected <block end>, but found '[?:<].*",
              "not YAML: a line, or what follows a value, does not fit what is above it"),
          phrase(".*but found '([!-~&&[^<]])'.*", "not YAML: '%s' stands where none can be"),
          phrase("sequence entries are not.*", "not YAML: a list with '-' begins on its own line"),
          phrase("found undefined alias.*", "anchors and aliases (*) are not supported"),
          phrase("Global tag is not allowed.*", "tags (!!) are not supported"),
          phrase("found unknown escape.*|expected escape.*", "not YAML: a text has a wrong escape"),
          phrase("(?i)nesting depth.*", "it is nested too deeply"),
          phrase("special characters are.*", "not YAML: it has control characters"));

  private YamlProblem() {}

  private record Phrase(Pattern pattern, String words) {}

  private static Phrase phrase(String pattern, String words) {
    return new Phrase(Pattern.compile(pattern, Pattern.DOTALL), words);
  }

  /** {@code a key without ':' in x.yaml, line 3, column 5}. */
  static String words(YAMLException problem, String name) {
    if (!(problem instanceof MarkedYAMLException marked) || marked.getProblemMark() == null) {
      return String.format(Locale.ROOT, "%s in %s", phrase(problem.getMessage()), name);
    }
    return String.format(
        Locale.ROOT,
        "%s in %s, line %d, column %d",
        phrase(marked.getProblem()),
        name,
        marked.getProblemMark().getLine() + 1,
        marked.getProblemMark().getColumn() + 1);
  }

  private static String phrase(@org.jspecify.annotations.Nullable String message) {
    String text = Objects.requireNonNullElse(message, "");
    for (Phrase phrase : PHRASES) {
      Matcher matcher = phrase.pattern.matcher(text);
      if (matcher.matches()) {
        return phrase.words.contains("%s")
            ? String.format(Locale.ROOT, phrase.words, matcher.group(1))
            : phrase.words;
      }
    }
    return "not YAML";
  }
}
