package albert.datasets.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GreedyOracleTest {

  private static SummaryDocument document(List<String> sentences, String... references) {
    return new SummaryDocument("d", null, sentences, List.of(), List.of(references));
  }

  /** The worked example of its documentation. */
  @Test
  void sentencesAreAddedAsLongAsTheyRaiseTheScore() {
    List<String> sentences = List.of("x", "a b x", "c", "C");
    assertThat(GreedyOracle.select(document(sentences, "a b c"), 1)).containsExactly(1);
    assertThat(GreedyOracle.select(document(sentences, "a b c"), 2)).containsExactly(1, 2);
    assertThat(GreedyOracle.select(document(sentences, "a b c"), 4))
        .as("neither x, which is there already, nor a second c raises it")
        .containsExactly(1, 2);
    assertThat(GreedyOracle.select(document(sentences, "d"), 4)).isEmpty();
  }

  @Test
  void ofSeveralReferencesTheClosestIsTaken() {
    List<String> sentences = List.of("one two", "three four", "five");
    assertThat(GreedyOracle.select(document(sentences, "one zero", "Three, four"), 1))
        .containsExactly(1);
  }

  /** Against the published algorithm, written out with sets of texts. */
  @Test
  void randomDocumentsGiveWhatThePublishedLoopGives() {
    Random random = new Random(11);
    for (int trial = 0; trial < 200; trial++) {
      List<String> sentences = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(7); i++) {
        sentences.add(words(random, 1 + random.nextInt(6)));
      }
      String reference = words(random, 1 + random.nextInt(9));
      int most = 1 + random.nextInt(4);
      assertThat(GreedyOracle.select(document(sentences, reference), most))
          .as("%s by %s", reference, sentences)
          .isEqualTo(published(sentences, reference, most));
    }
  }

  private static String words(Random random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add("w" + random.nextInt(8));
    }
    return String.join(" ", words);
  }

  private static List<Integer> published(List<String> sentences, String reference, int most) {
    List<Integer> selected = new ArrayList<>();
    double max = 0;
    for (int round = 0; round < most; round++) {
      double best = max;
      int id = -1;
      for (int i = 0; i < sentences.size(); i++) {
        if (!selected.contains(i)) {
          List<Integer> candidate = new ArrayList<>(selected);
          candidate.add(i);
          double score =
              f(candidate, sentences, reference, 1) + f(candidate, sentences, reference, 2);
          if (score > best + 1e-12) {
            best = score;
            id = i;
          }
        }
      }
      if (id < 0) {
        break;
      }
      selected.add(id);
      max = best;
    }
    return selected.stream().sorted().toList();
  }

  private static double f(List<Integer> chosen, List<String> sentences, String reference, int n) {
    Set<String> evaluated = new HashSet<>();
    chosen.forEach(i -> evaluated.addAll(grams(sentences.get(i), n)));
    Set<String> wanted = grams(reference, n);
    Set<String> common = new HashSet<>(evaluated);
    common.retainAll(wanted);
    if (common.isEmpty()) {
      return 0;
    }
    double precision = (double) common.size() / evaluated.size();
    double recall = (double) common.size() / wanted.size();
    return 2 * precision * recall / (precision + recall);
  }

  private static Set<String> grams(String text, int n) {
    List<String> words = List.of(text.split(" ", -1));
    Set<String> grams = new HashSet<>();
    for (int i = 0; i + n <= words.size(); i++) {
      grams.add(String.join(" ", words.subList(i, i + n)));
    }
    return grams;
  }
}
