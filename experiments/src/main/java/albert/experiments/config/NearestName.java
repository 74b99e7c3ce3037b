package albert.experiments.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what someone probably meant. */
public final class NearestName {

  private static final int LONGEST = 100;

  private NearestName() {}

  /**
   * The nearest of the right names, if one is near enough to be a slip of the hand: at most a third
   * of its letters differ (Levenshtein), or the one begins with the other. Capitals don't matter.
   */
  public static Optional<String> of(String wrong, Collection<String> right) {
    if (wrong.length() > LONGEST) {
      return Optional.empty();
    }
    String folded = fold(wrong);
    return right.stream()
        .filter(name -> near(folded, fold(name)))
        .min(
            Comparator.comparingInt((String name) -> distance(folded, fold(name)))
                .thenComparing(name -> name));
  }

  /** {@code " (did you mean 'x'?)"}, or nothing. */
  public static String hint(String wrong, Collection<String> right) {
    return of(wrong, right)
        .map(name -> String.format(Locale.ROOT, " (did you mean '%s'?)", name))
        .orElse("");
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean near(String wrong, String name) {
    return distance(wrong, name) <= Math.max(1, name.length() / 3)
        || (wrong.length() >= 3 && (name.startsWith(wrong) || wrong.startsWith(name)));
  }

  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
