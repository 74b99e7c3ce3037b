package albert.datasets.baseline;

import albert.datasets.summary.GreedyOracle;
import albert.datasets.summary.SummaryDocument;
import albert.datasets.text.TextExample;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells the sentences of a summary by their words and their places: naive Bayes, as Kupiec,
 * Pedersen and Chen score sentences ("A Trainable Document Summarizer", SIGIR 1995, pp. 68-73).
 *
 * <p><b>Differs from the paper</b> in what a sentence is known by: there by its length, cue
 * phrases, paragraph, frequent words and upper case, here by every word and by its places from the
 * beginning and from the end of the document, which count as a word each.
 */
public final class SentenceBayes {
  /** Places that are further from an end are not told apart. */
  private static final int FURTHEST = 9;

  /** Documents that are learnt from at most, of CNN/DailyMail's 287,000. */
  private static final int MOST_DOCUMENTS = 10_000;

  private final NaiveBayes bayes;

  private SentenceBayes(NaiveBayes bayes) {
    this.bayes = bayes;
  }

  /**
   * Counts the words and places of the first 10,000 documents.
   *
   * @param documents with extracts or references, at least one
   * @param most sentences of an extract that the data set does not say
   */
  public static SentenceBayes train(List<SummaryDocument> documents, int most) {
    List<TextExample> sentences =
        documents.subList(0, Math.min(documents.size(), MOST_DOCUMENTS)).parallelStream()
            .flatMap(document -> sentences(document, GreedyOracle.labels(document, most)))
            .toList();
    return new SentenceBayes(NaiveBayes.train(sentences, 2));
  }

  private static Stream<TextExample> sentences(SummaryDocument document, List<Integer> labels) {
    return IntStream.range(0, labels.size())
        .mapToObj(place -> sentence(document, place, labels.get(place)));
  }

  /** A sentence with its places as the second text of a pair. */
  private static TextExample sentence(SummaryDocument document, int place, double label) {
    int last = document.sentences().size() - 1;
    String places =
        String.format(
            Locale.ROOT,
            "begin%d end%d",
            Math.min(place, FURTHEST),
            Math.min(last - place, FURTHEST));
    return new TextExample(document.id(), document.sentences().get(place), places, label);
  }

  /** Of every sentence the logarithm of the odds that it belongs to the summary. */
  public List<Float> scores(SummaryDocument document) {
    return IntStream.range(0, document.sentences().size())
        .mapToObj(place -> bayes.probabilities(sentence(document, place, Double.NaN)))
        .map(of -> (float) (Math.log(of[1]) - Math.log(of[0])))
        .toList();
  }
}
