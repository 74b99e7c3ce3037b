package albert.evaluation.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The normalisation of SQuAD's official scripts: lower case, without ASCII punctuation, without the
 * articles, white space made one. Words and white space are Python's.
 */
final class SquadText {
  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
  private static final Pattern ARTICLE =
      Pattern.compile("(?<![\\p{L}\\p{N}_])(?:an?|the)(?![\\p{L}\\p{N}_])");
  private static final Pattern WHITE_SPACE =
      Pattern.compile(
          "[\\t-\\r\\x1C-\\x20\\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}"
              + "\\x{202F}\\x{205F}\\x{3000}]+");

  private SquadText() {}

  static List<String> words(String text) {
    String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    String bare = ARTICLE.matcher(plain).replaceAll(" ");
    return Arrays.stream(WHITE_SPACE.split(bare)).filter(word -> !word.isEmpty()).toList();
  }

  static String normalize(String text) {
    return String.join(" ", words(text));
  }
}
