package albert.datasets.pretraining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts English prose into sentences. A sentence ends at {@code . ! ?} with the quotes and brackets
 * that close after it, where white space and then a capital letter, a digit or an opening quote
 * follow; not after a title or another abbreviation (Mr., Dr., St., e.g.) and not after a single
 * letter (J. Smith).
 */
public final class SentenceSplitter {
  private static final Pattern END =
      Pattern.compile("[.!?]+[\"')\\]”’*_]*(\\s+)(?=[\"'(\\[“‘*_]*[\\p{Lu}\\p{Nd}])");
  private static final Pattern LAST_WORD = Pattern.compile("([\\p{L}.]+)\\.$");
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "messrs", "mme", "mlle", "dr", "prof", "st", "sir", "rev", "hon",
          "capt", "col", "gen", "lieut", "lt", "sgt", "jr", "sr", "esq", "vs", "vol", "no", "fig",
          "viz", "e.g", "i.e", "cf");
  private static final int LONGEST_WORD = 20;

  private SentenceSplitter() {}

  /** The sentences of a paragraph, in order, without white space around them; none is empty. */
  public static List<String> split(String paragraph) {
    List<String> sentences = new ArrayList<>();
    int begin = 0;
    Matcher matcher = END.matcher(paragraph);
    while (matcher.find()) {
      if (ends(paragraph, matcher)) {
        add(sentences, paragraph.substring(begin, matcher.start(1)));
        begin = matcher.end(1);
      }
    }
    add(sentences, paragraph.substring(begin));
    return sentences;
  }

  /** Whether a sentence ends inside a line, so that another begins in it. */
  static boolean hasInnerEnd(String line) {
    String text = line.strip();
    Matcher matcher = END.matcher(text);
    while (matcher.find()) {
      if (ends(text, matcher)) {
        return true;
      }
    }
    return false;
  }

  private static boolean ends(String text, Matcher matcher) {
    int dot = matcher.start();
    if (text.charAt(dot) != '.') {
      return true;
    }
    Matcher word = LAST_WORD.matcher(text.substring(Math.max(0, dot - LONGEST_WORD), dot + 1));
    if (!word.find()) {
      return true;
    }
    String last = word.group(1).toLowerCase(Locale.ROOT);
    boolean initial = last.length() == 1 && !last.equals("i");
    return !initial && !ABBREVIATIONS.contains(last);
  }

  private static void add(List<String> sentences, String sentence) {
    String stripped = sentence.strip();
    if (!stripped.isEmpty()) {
      sentences.add(stripped);
    }
  }
}
