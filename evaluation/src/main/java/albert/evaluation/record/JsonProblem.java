package albert.evaluation.record;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a JSON text, in words for the person who wrote it. The library's own messages
 * advise programmers, so none of them is shown: each kind has a phrase here. The files of models,
 * in a module that does not know this one, have the same phrases.
 */
public final class JsonProblem {
  private static final List<Phrase> PHRASES =
      List.of(
          phrase("Unexpected end-of-input.*", "it ends before all that was opened is closed"),
          phrase("No content.*", "it is empty"),
          phrase("Duplicate field '(.*)'", "key '%s' is repeated"),
          phrase("Trailing token.*", "something follows the value"),
          phrase("Non-standard token '([^']*)'.*", "%s is no number in JSON"),
          phrase("Invalid numeric value.*|.*in numeric value.*", "a number is malformed"),
          phrase("Unrecognized token '(.*)':.*", "'%s' is no value, a text needs quotation marks"),
          phrase("Illegal unquoted character.*", "a text has a line break or control character"),
          phrase("Unrecognized character escape.*", "a text has a backslash before a wrong letter"),
          phrase(".*expected a hex-digit.*", "\\u needs four hexadecimal digits"),
          phrase(".*start field name.*", "a key in double quotation marks is needed"),
          phrase(".*expecting comma.*", "a comma is missing, or a value is malformed"),
          phrase(".*expecting a colon.*", "a colon is missing after a key"),
          phrase("Unexpected close marker '(.)'.*", "'%s' closes nothing"),
          phrase("(Unexpected character|Illegal character).*", "a value is needed"),
          phrase("Document nesting depth.*", "it is nested too deeply"),
          phrase("Number value length.*", "a number has too many digits"),
          phrase("(String|Name) .*length.*", "a text is too long"),
          phrase("Numeric value .* out of range.*", "a whole number is too large"),
          phrase("Invalid UTF-.*", "it is not UTF-8"));

  private JsonProblem() {}

  private record Phrase(Pattern pattern, String words) {}

  private static Phrase phrase(String pattern, String words) {
    return new Phrase(Pattern.compile(pattern, Pattern.DOTALL), words);
  }

  /** The line that is to blame, counted from 1; 0 if it is not known. */
  public static int line(JsonProcessingException problem) {
    JsonLocation where = problem.getLocation();
    return where == null ? 0 : Math.max(0, where.getLineNr());
  }

  /** A phrase, with the column where it is known: {@code a comma is missing (column 7)}. */
  public static String words(JsonProcessingException problem) {
    JsonLocation where = problem.getLocation();
    return where == null || where.getColumnNr() < 1
        ? phrase(problem)
        : String.format(Locale.ROOT, "%s (column %d)", phrase(problem), where.getColumnNr());
  }

  private static String phrase(JsonProcessingException problem) {
    String message = String.valueOf(problem.getOriginalMessage());
    for (Phrase phrase : PHRASES) {
      Matcher matcher = phrase.pattern.matcher(message);
      if (matcher.matches()) {
        return phrase.words.contains("%s")
            ? String.format(Locale.ROOT, phrase.words, Printable.of(matcher.group(1)))
            : phrase.words;
      }
    }
    return "it is not well formed";
  }
}
