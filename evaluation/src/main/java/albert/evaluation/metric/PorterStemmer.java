package albert.evaluation.metric;

import java.util.List;
import java.util.Map;

/**
 * Porter's stemmer (An algorithm for suffix stripping, Program 14, 1980) with the extensions that
 * ROUGE's reference implementation has by NLTK's default mode. For words in lower case.
 *
 * <p>Differs from the paper: a list of irregular forms; words of up to two letters stay; -ies and
 * -ied keep their e after one letter; y becomes i after a consonant that is not the first letter;
 * -alli is taken off before the other rules of step 2 and -bli, -fulli, -logi are in them; two
 * letters, vowel and consonant, count as a short stem.
 */
final class PorterStemmer {
  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("sky", "sky"),
          Map.entry("skies", "sky"),
          Map.entry("dying", "die"),
          Map.entry("lying", "lie"),
          Map.entry("tying", "tie"),
          Map.entry("news", "news"),
          Map.entry("inning", "inning"),
          Map.entry("innings", "inning"),
          Map.entry("outing", "outing"),
          Map.entry("outings", "outing"),
          Map.entry("canning", "canning"),
          Map.entry("cannings", "canning"),
          Map.entry("howe", "howe"),
          Map.entry("proceed", "proceed"),
          Map.entry("exceed", "exceed"),
          Map.entry("succeed", "succeed"));

  private static final List<Rule> STEP_2 =
      List.of(
          new Rule("ational", "ate", 1),
          new Rule("tional", "tion", 1),
          new Rule("enci", "ence", 1),
          new Rule("anci", "ance", 1),
          new Rule("izer", "ize", 1),
          new Rule("bli", "ble", 1),
          new Rule("alli", "al", 1),
          new Rule("entli", "ent", 1),
          new Rule("eli", "e", 1),
          new Rule("ousli", "ous", 1),
          new Rule("ization", "ize", 1),
          new Rule("ation", "ate", 1),
          new Rule("ator", "ate", 1),
          new Rule("alism", "al", 1),
          new Rule("iveness", "ive", 1),
          new Rule("fulness", "ful", 1),
          new Rule("ousness", "ous", 1),
          new Rule("aliti", "al", 1),
          new Rule("iviti", "ive", 1),
          new Rule("biliti", "ble", 1),
          new Rule("fulli", "ful", 1),
          // the l counts to the stem, so that geology is cut too
          new Rule("ogi", "og", 1, "l"));

  private static final List<Rule> STEP_3 =
      List.of(
          new Rule("icate", "ic", 1),
          new Rule("ative", "", 1),
          new Rule("alize", "al", 1),
          new Rule("iciti", "ic", 1),
          new Rule("ical", "ic", 1),
          new Rule("ful", "", 1),
          new Rule("ness", "", 1));

  private static final List<Rule> STEP_4 =
      List.of(
          new Rule("al", "", 2),
          new Rule("ance", "", 2),
          new Rule("ence", "", 2),
          new Rule("er", "", 2),
          new Rule("ic", "", 2),
          new Rule("able", "", 2),
          new Rule("ible", "", 2),
          new Rule("ant", "", 2),
          new Rule("ement", "", 2),
          new Rule("ment", "", 2),
          new Rule("ent", "", 2),
          new Rule("ion", "", 2, "st"),
          new Rule("ou", "", 2),
          new Rule("ism", "", 2),
          new Rule("ate", "", 2),
          new Rule("iti", "", 2),
          new Rule("ous", "", 2),
          new Rule("ive", "", 2),
          new Rule("ize", "", 2));

  private PorterStemmer() {}

  /**
   * Replaces a suffix.
   *
   * @param suffix what the word ends with
   * @param replacement what comes instead
   * @param leastMeasure of what is before the suffix
   * @param endings letters one of which must be before the suffix; empty for any
   */
  private record Rule(String suffix, String replacement, int leastMeasure, String endings) {
    Rule(String suffix, String replacement, int leastMeasure) {
      this(suffix, replacement, leastMeasure, "");
    }

    String apply(String word) {
      String stem = without(word, suffix);
      boolean ending =
          endings.isEmpty()
              || (!stem.isEmpty() && endings.indexOf(stem.charAt(stem.length() - 1)) >= 0);
      return ending && measure(stem) >= leastMeasure ? stem + replacement : word;
    }
  }

  static String stem(String word) {
    String irregular = IRREGULAR.get(word);
    if (irregular != null) {
      return irregular;
    }
    if (word.length() <= 2) {
      return word;
    }
    String stem = step2(terminalY(pastOrParticiple(plural(word))));
    return doubleL(finalE(firstRule(STEP_4, firstRule(STEP_3, stem))));
  }

  /** Step 1a. */
  private static String plural(String word) {
    if (word.endsWith("ies")) {
      return without(word, word.length() == 4 ? "s" : "es");
    }
    if (word.endsWith("sses")) {
      return without(word, "es");
    }
    return word.endsWith("s") && !word.endsWith("ss") ? without(word, "s") : word;
  }

  /** Step 1b. */
  private static String pastOrParticiple(String word) {
    if (word.endsWith("ied")) {
      return without(word, word.length() == 4 ? "d" : "ed");
    }
    if (word.endsWith("eed")) {
      return measure(without(word, "eed")) > 0 ? without(word, "d") : word;
    }
    for (String suffix : List.of("ed", "ing")) {
      if (word.endsWith(suffix) && hasVowel(without(word, suffix))) {
        return restored(without(word, suffix));
      }
    }
    return word;
  }

  private static String restored(String stem) {
    if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
      return stem + "e";
    }
    if (endsInDoubleConsonant(stem)) {
      char last = stem.charAt(stem.length() - 1);
      return last == 'l' || last == 's' || last == 'z'
          ? stem
          : stem.substring(0, stem.length() - 1);
    }
    return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
  }

  /** Step 1c. */
  private static String terminalY(String word) {
    int last = word.length() - 1;
    boolean changes = word.endsWith("y") && last > 1 && consonant(word, last - 1);
    return changes ? word.substring(0, last) + "i" : word;
  }

  private static String step2(String word) {
    if (word.endsWith("alli") && measure(without(word, "alli")) > 0) {
      return step2(without(word, "li"));
    }
    return firstRule(STEP_2, word);
  }

  /** Step 5a. */
  private static String finalE(String word) {
    if (!word.endsWith("e")) {
      return word;
    }
    String stem = without(word, "e");
    int measure = measure(stem);
    return measure > 1 || (measure == 1 && !endsShort(stem)) ? stem : word;
  }

  /** Step 5b. */
  private static String doubleL(String word) {
    return word.endsWith("ll") && measure(without(word, "l")) > 1 ? without(word, "l") : word;
  }

  /** Only the first rule whose suffix is there is tried. */
  private static String firstRule(List<Rule> rules, String word) {
    for (Rule rule : rules) {
      if (word.endsWith(rule.suffix())) {
        return rule.apply(word);
      }
    }
    return word;
  }

  private static String without(String word, String suffix) {
    return word.substring(0, word.length() - suffix.length());
  }

  private static boolean consonant(String word, int i) {
    return switch (word.charAt(i)) {
      case 'a', 'e', 'i', 'o', 'u' -> false;
      case 'y' -> i == 0 || !consonant(word, i - 1);
      default -> true;
    };
  }

  /** How often a consonant follows a vowel. */
  private static int measure(String stem) {
    int measure = 0;
    for (int i = 1; i < stem.length(); i++) {
      measure += consonant(stem, i) && !consonant(stem, i - 1) ? 1 : 0;
    }
    return measure;
  }

  private static boolean hasVowel(String stem) {
    for (int i = 0; i < stem.length(); i++) {
      if (!consonant(stem, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsInDoubleConsonant(String word) {
    int last = word.length() - 1;
    return last >= 1 && word.charAt(last) == word.charAt(last - 1) && consonant(word, last);
  }

  /** Consonant, vowel, consonant other than w, x, y; or vowel and consonant alone. */
  private static boolean endsShort(String word) {
    int last = word.length() - 1;
    if (last == 1) {
      return !consonant(word, 0) && consonant(word, 1);
    }
    return last > 1
        && consonant(word, last - 2)
        && !consonant(word, last - 1)
        && consonant(word, last)
        && "wxy".indexOf(word.charAt(last)) < 0;
  }
}
