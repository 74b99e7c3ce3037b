package albert.datasets.pretraining;

import albert.datasets.DataFormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Some of the parts of one corpus or of several, such as those to train on, or those held out.
 *
 * @param parts in the order of the corpus
 */
public record DocumentParts(List<Part> parts) {
  private static final int FEWEST_HELD_OUT = 2;
  private static final int TRIES = 10;

  /**
   * One of them.
   *
   * @param corpus where it is
   * @param index in that corpus
   */
  record Part(TokenizedCorpus corpus, int index) {
    boolean isOfDocument(Part other) {
      return corpus == other.corpus && corpus.document(index) == corpus.document(other.index);
    }
  }

  /**
   * The two sides of a split.
   *
   * @param train to train on
   * @param heldOut whole documents that training never sees; may be empty
   */
  public record Split(DocumentParts train, DocumentParts heldOut) {}

  /** Copies the list. */
  public DocumentParts {
    parts = List.copyOf(parts);
  }

  /** All parts of a corpus. */
  public static DocumentParts all(TokenizedCorpus corpus) {
    return new DocumentParts(
        IntStream.range(0, corpus.parts()).mapToObj(i -> new Part(corpus, i)).toList());
  }

  /**
   * Holds out whole documents: always the same ones of a corpus, whatever the seed of a training,
   * so that models are compared on the same text. At least two, for the sake of random next
   * sentences.
   *
   * @param proportion of the documents, 0 for none
   * @throws DataFormatException if there are too few documents for that
   */
  public static Split split(TokenizedCorpus corpus, double proportion, String name) {
    if (proportion == 0) {
      return new Split(all(corpus), new DocumentParts(List.of()));
    }
    int documents = corpus.documents();
    int wanted = Math.max(FEWEST_HELD_OUT, (int) Math.round(documents * proportion));
    if (wanted >= documents) {
      throw new DataFormatException(
          name,
          String.format(
              Locale.ROOT,
              "held_out_proportion %s of %d documents is %d, which leaves none to train on:"
                  + " more documents are needed, or held_out_proportion 0",
              proportion,
              documents,
              wanted));
    }
    SplittableRandom random = new SplittableRandom(documents);
    Set<Integer> heldOut = new HashSet<>();
    while (heldOut.size() < wanted) {
      heldOut.add(random.nextInt(documents));
    }
    List<Part> train = new ArrayList<>();
    List<Part> held = new ArrayList<>();
    for (Part part : all(corpus).parts) {
      (heldOut.contains(corpus.document(part.index)) ? held : train).add(part);
    }
    return new Split(new DocumentParts(train), new DocumentParts(held));
  }

  /** These and others. */
  public DocumentParts plus(DocumentParts others) {
    List<Part> both = new ArrayList<>(parts);
    both.addAll(others.parts);
    return new DocumentParts(both);
  }

  /** Whether they are of more than one document. */
  public boolean hasTwoDocuments() {
    return parts.stream().anyMatch(part -> !part.isOfDocument(parts.get(0)));
  }

  /** Whether some part has two sentences, which an example of their order needs. */
  public boolean hasTwoSentences() {
    return parts.stream().anyMatch(part -> part.corpus.sentences(part.index).length > 1);
  }

  /** The sentences of a part. */
  int[][] sentences(int part) {
    return parts.get(part).corpus.sentences(parts.get(part).index);
  }

  /**
   * The sentences of a random part of another document; of the same one where ten draws find no
   * other, as published.
   */
  int[][] sentencesOfAnother(int part, SplittableRandom random) {
    int drawn = random.nextInt(parts.size());
    for (int i = 1; i < TRIES && parts.get(drawn).isOfDocument(parts.get(part)); i++) {
      drawn = random.nextInt(parts.size());
    }
    return sentences(drawn);
  }
}
