package albert.evaluation.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * ROUGE as the {@code rouge-score} package computes it (Lin 2004). Tokens are runs of a-z and 0-9
 * after lower-casing, stemmed if wanted where they have more than three letters. A text without
 * tokens scores 0. Prediction "the cat", reference "the cat sat": ROUGE-1 has precision 1, recall
 * 0.667, F 0.8.
 *
 * @param rouge1 overlap of words
 * @param rouge2 overlap of word pairs
 * @param rougeL longest common subsequence of the whole texts
 * @param rougeLsum union over the sentences, which line feeds separate, of the common subsequences
 */
public record Rouge(Overlap rouge1, Overlap rouge2, Overlap rougeL, Overlap rougeLsum) {
  private static final Pattern SEPARATOR = Pattern.compile("[^a-z0-9]+");
  private static final int LONGEST_UNSTEMMED = 3;

  /**
   * What two texts share.
   *
   * @param precision share of the prediction
   * @param recall share of the reference
   */
  public record Overlap(double precision, double recall) {
    static Overlap of(int hits, int predicted, int reference) {
      return new Overlap(
          hits / (double) Math.max(predicted, 1), hits / (double) Math.max(reference, 1));
    }

    /** Harmonic mean of both; 0 if both are. */
    public double f() {
      double sum = precision + recall;
      return sum == 0 ? 0 : 2 * precision * recall / sum;
    }
  }

  /** Scores a prediction against a reference. */
  public static Rouge of(String reference, String prediction, boolean stemmed) {
    return of(sentences(reference, stemmed), sentences(prediction, stemmed));
  }

  private static Rouge of(List<List<String>> reference, List<List<String>> prediction) {
    List<String> gold = reference.stream().flatMap(List::stream).toList();
    List<String> predicted = prediction.stream().flatMap(List::stream).toList();
    int common = gold.isEmpty() || predicted.isEmpty() ? 0 : lengths(gold, predicted)[0][0];
    return new Rouge(
        grams(gold, predicted, 1),
        grams(gold, predicted, 2),
        Overlap.of(common, predicted.size(), gold.size()),
        summaryLevel(reference, prediction));
  }

  /**
   * Scores a prediction against the reference that it comes closest to: the one with the highest F
   * of ROUGE-1, of equal ones the first, whose other scores it has too (allenai/scitldr, {@code
   * cal-rouge.py}).
   *
   * @param references at least one
   */
  public static Rouge closest(List<String> references, String prediction, boolean stemmed) {
    List<List<String>> predicted = sentences(prediction, stemmed);
    Rouge best = of(sentences(references.get(0), stemmed), predicted);
    for (String reference : references.subList(1, references.size())) {
      Rouge other = of(sentences(reference, stemmed), predicted);
      best = other.rouge1.f() > best.rouge1.f() ? other : best;
    }
    return best;
  }

  /** The words of a text, in their order. */
  public static List<String> tokens(String text, boolean stemmed) {
    return Arrays.stream(SEPARATOR.split(text.toLowerCase(Locale.ROOT)))
        .filter(token -> !token.isEmpty())
        .map(t -> stemmed && t.length() > LONGEST_UNSTEMMED ? PorterStemmer.stem(t) : t)
        .toList();
  }

  private static List<List<String>> sentences(String text, boolean stemmed) {
    return Arrays.stream(text.split("\n", -1)).map(line -> tokens(line, stemmed)).toList();
  }

  private static Overlap grams(List<String> gold, List<String> predicted, int n) {
    List<List<String>> goldGrams = grams(gold, n);
    List<List<String>> predictedGrams = grams(predicted, n);
    int hits = Counts.common(Counts.of(goldGrams), Counts.of(predictedGrams));
    return Overlap.of(hits, predictedGrams.size(), goldGrams.size());
  }

  private static List<List<String>> grams(List<String> tokens, int n) {
    return IntStream.rangeClosed(0, tokens.size() - n)
        .mapToObj(i -> tokens.subList(i, i + n))
        .toList();
  }

  /** Each word counts as a hit no more often than either side has it. */
  private static Overlap summaryLevel(List<List<String>> gold, List<List<String>> predicted) {
    Map<String, Integer> goldLeft = Counts.of(gold.stream().flatMap(List::stream).toList());
    Map<String, Integer> left = Counts.of(predicted.stream().flatMap(List::stream).toList());
    int goldSize = goldLeft.values().stream().mapToInt(Integer::intValue).sum();
    int predictedSize = left.values().stream().mapToInt(Integer::intValue).sum();
    int hits = 0;
    for (List<String> sentence : gold) {
      BitSet union = new BitSet();
      predicted.forEach(other -> union.or(commonSubsequence(sentence, other)));
      for (String token : union.stream().mapToObj(sentence::get).toList()) {
        if (goldLeft.getOrDefault(token, 0) > 0 && left.getOrDefault(token, 0) > 0) {
          hits++;
          goldLeft.merge(token, -1, Integer::sum);
          left.merge(token, -1, Integer::sum);
        }
      }
    }
    return Overlap.of(hits, predictedSize, goldSize);
  }

  /**
   * Places in the reference of one longest common subsequence: read from the end, a match first,
   * else back in the prediction if that is strictly longer, else in the reference. Which one
   * decides the score.
   */
  private static BitSet commonSubsequence(List<String> gold, List<String> predicted) {
    List<String> reversedGold = reversed(gold);
    List<String> reversedPredicted = reversed(predicted);
    int[][] lengths = lengths(reversedGold, reversedPredicted);
    BitSet places = new BitSet();
    int i = 0;
    int j = 0;
    while (i < gold.size() && j < predicted.size()) {
      if (reversedGold.get(i).equals(reversedPredicted.get(j))) {
        places.set(gold.size() - 1 - i);
        i++;
        j++;
      } else if (lengths[i][j + 1] > lengths[i + 1][j]) {
        j++;
      } else {
        i++;
      }
    }
    return places;
  }

  /** Entry [i][j]: length of the longest common subsequence from word i and word j on. */
  private static int[][] lengths(List<String> a, List<String> b) {
    int[][] lengths = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        lengths[i][j] =
            a.get(i).equals(b.get(j))
                ? lengths[i + 1][j + 1] + 1
                : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }

  private static List<String> reversed(List<String> tokens) {
    List<String> reversed = new ArrayList<>(tokens);
    Collections.reverse(reversed);
    return reversed;
  }
}
