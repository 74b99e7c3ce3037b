package albert.datasets.summary;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.batch.FeatureCache;
import albert.datasets.tokenizer.SpecialTokens;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Makes sequences of documents as BERTSum does (arXiv 1903.10318, section 2.1; nlpyang/BertSum,
 * {@code data_builder.py}): every sentence has a [CLS] in front, at which it is scored, and a [SEP]
 * behind it, and sentences have the token types 0 and 1 by turns.
 *
 * <p><b>Differs from it</b> in documents that are longer than a sequence. There their ends are cut
 * off, and sentences of fewer than 5 words left out; here every sentence is scored, and learnt,
 * once: a document is read in windows of as many whole sentences as there is room for, one after
 * the other, each of which begins with type 0. Only a sentence that is longer than a window is cut.
 *
 * @param tokenizer stays the caller's to close
 * @param maxSeqLength longest window, special tokens included
 */
public record SummaryEncoder(Tokenizer tokenizer, int maxSeqLength) {
  /** The least length of a window: [CLS], a piece, [SEP]. */
  public static final int SHORTEST = 3;

  /** The label of a piece at which no sentence is scored. */
  public static final int NONE = -1;

  /** Changes with the code whenever the same settings give other windows or labels. */
  private static final int VERSION = 1;

  private static final int SPECIAL = 2;

  /** Checks that every window has room for a piece. */
  public SummaryEncoder {
    if (maxSeqLength < SHORTEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "max_seq_length is %d, at least %d are needed", maxSeqLength, SHORTEST));
    }
  }

  /** Windows of every document. */
  public SummaryWindows encode(List<SummaryDocument> documents) {
    List<SummaryWindow> windows = new ArrayList<>();
    long cut = 0;
    for (int i = 0; i < documents.size(); i++) {
      List<int[]> sentences = documents.get(i).sentences().stream().map(tokenizer::encode).toList();
      int longest = sentences.stream().mapToInt(pieces -> pieces.length).max().orElse(0);
      cut += longest > maxSeqLength - SPECIAL ? 1 : 0;
      addWindows(i, sentences, windows);
    }
    return new SummaryWindows(windows, cut);
  }

  private void addWindows(int document, List<int[]> sentences, List<SummaryWindow> windows) {
    int from = 0;
    int length = 0;
    for (int i = 0; i < sentences.size(); i++) {
      int own = length(sentences.get(i));
      if (length + own > maxSeqLength) {
        windows.add(window(document, from, sentences.subList(from, i), length));
        from = i;
        length = 0;
      }
      length += own;
    }
    windows.add(window(document, from, sentences.subList(from, sentences.size()), length));
  }

  private int length(int[] pieces) {
    return Math.min(pieces.length + SPECIAL, maxSeqLength);
  }

  private SummaryWindow window(int document, int first, List<int[]> sentences, int length) {
    SpecialTokens special = tokenizer.specialTokens();
    int[] ids = new int[length];
    int[] types = new int[length];
    int[] positions = new int[sentences.size()];
    int begin = 0;
    for (int i = 0; i < positions.length; i++) {
      int end = begin + length(sentences.get(i));
      positions[i] = begin;
      ids[begin] = special.cls();
      System.arraycopy(sentences.get(i), 0, ids, begin + 1, end - begin - SPECIAL);
      ids[end - 1] = special.sep();
      Arrays.fill(types, begin, end, i % 2);
      begin = end;
    }
    return new SummaryWindow(document, first, new EncodedSequence(ids, types), positions);
  }

  /**
   * Windows to learn from, kept in a file; their labels are a number a piece: at a [CLS] 1 if its
   * sentence belongs to the extract, 0 if not, elsewhere {@value #NONE}. Where a document does not
   * say, its extract is the {@link GreedyOracle}'s.
   *
   * @param documents with references
   * @param most sentences of an extract that the document does not say
   */
  public List<EncodedExample> train(List<SummaryDocument> documents, int most, FeatureCache cache) {
    return cache.windows(() -> key(documents, most), documents, chunk -> labelled(chunk, most));
  }

  private List<EncodedExample> labelled(List<SummaryDocument> documents, int most) {
    List<EncodedExample> examples = new ArrayList<>();
    List<List<Integer>> labels =
        documents.stream().map(document -> GreedyOracle.labels(document, most)).toList();
    for (SummaryWindow window : encode(documents).windows()) {
      double[] own = new double[window.sequence().length()];
      Arrays.fill(own, NONE);
      for (int i = 0; i < window.positions().length; i++) {
        own[window.positions()[i]] = labels.get(window.document()).get(window.first() + i);
      }
      examples.add(new EncodedExample(examples.size(), window.sequence(), own));
    }
    return examples;
  }

  private String key(List<SummaryDocument> documents, int most) {
    Sha256 key =
        new Sha256()
            .add("summaries")
            .add(VERSION)
            .add(tokenizer.fingerprint())
            .add(maxSeqLength)
            .add(most);
    documents.forEach(document -> add(key, document));
    return key.hex();
  }

  /** Adds every sentence, label and reference of a document, and how many there are. */
  static void add(Sha256 digest, SummaryDocument document) {
    digest.add(document.sentences().size());
    document.sentences().forEach(digest::add);
    digest.add(document.labels().size());
    document.labels().forEach(digest::add);
    digest.add(document.references().size());
    document.references().forEach(digest::add);
  }
}
