package albert.experiments.task.summary;

import albert.datasets.summary.SummaryDocument;
import albert.evaluation.metric.Rouge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The sentences of a document that are its summary.
 *
 * @param sentences their indices, in the document's order
 * @param scores the probability of every sentence of the document to be one of them; empty where
 *     none is known
 */
record Extract(List<Integer> sentences, List<Float> scores) {
  private static final int TRIGRAM = 3;

  /** Copies the lists. */
  Extract {
    sentences = List.copyOf(sentences);
    scores = List.copyOf(scores);
  }

  /** Sentences that no model chose. */
  static Extract of(List<Integer> sentences) {
    return new Extract(sentences, List.of());
  }

  /** The first sentences that are not blank. */
  static Extract lead(SummaryDocument document, int most) {
    return of(notBlank(document).limit(most).boxed().toList());
  }

  /**
   * The sentences with the highest scores, of equal ones the first; blank ones are left out. With
   * blocking there may be fewer than are wanted (nlpyang/BertSum, {@code trainer.py}, {@code
   * _block_tri}, whose words are cut at white space; here they are {@link Rouge}'s without stems).
   *
   * @param scores one a sentence
   */
  static Extract best(SummaryDocument document, List<Float> scores, SummaryConfig keys) {
    List<Integer> ranked =
        notBlank(document)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> scores.get(i)).reversed())
            .toList();
    List<Integer> chosen = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    for (int sentence : ranked) {
      if (chosen.size() == keys.summarySentences()) {
        break;
      }
      Set<List<String>> own =
          keys.trigramBlocking() ? trigrams(document.sentences().get(sentence)) : Set.of();
      if (own.stream().noneMatch(seen::contains)) {
        chosen.add(sentence);
        seen.addAll(own);
      }
    }
    return new Extract(chosen.stream().sorted().toList(), scores);
  }

  private static IntStream notBlank(SummaryDocument document) {
    return IntStream.range(0, document.sentences().size())
        .filter(sentence -> !document.sentences().get(sentence).isBlank());
  }

  private static Set<List<String>> trigrams(String sentence) {
    List<String> words = Rouge.tokens(sentence, false);
    Set<List<String>> trigrams = new HashSet<>();
    for (int i = 0; i + TRIGRAM <= words.size(); i++) {
      trigrams.add(words.subList(i, i + TRIGRAM));
    }
    return trigrams;
  }
}
