package albert.datasets.entity;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.EncodedSequence;
import albert.datasets.batch.FeatureCache;
import albert.datasets.batch.Stretches;
import albert.datasets.tokenizer.SpecialTokens;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Makes sequences of tagged sentences as Hugging Face's {@code run_ner.py} does: every word is cut
 * into pieces by itself, and its tag stands at its first piece.
 *
 * <p><b>Differs from it</b> in sentences that are longer than a sequence. There their ends are cut
 * off; here they are read in windows, each half a window after the last, and every word is tagged,
 * and learnt, once: in the window that shows the most text around its first piece. A word without a
 * piece (a zero-width space alone) is in no window: it is {@code O}.
 *
 * @param tokenizer stays the caller's to close
 * @param maxSeqLength longest window, special tokens included
 */
public record SentenceEncoder(Tokenizer tokenizer, int maxSeqLength) {
  /** The least length of a window: [CLS], a piece, [SEP]. */
  public static final int SHORTEST = 3;

  /** The label of a piece of which nothing is learnt. */
  public static final int NONE = -1;

  /** Changes with the code whenever the same settings give other windows. */
  private static final int VERSION = 1;

  /** Checks that every window has room for a piece. */
  public SentenceEncoder {
    if (maxSeqLength < SHORTEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "max_seq_length is %d, at least %d are needed", maxSeqLength, SHORTEST));
    }
  }

  /** Windows of every sentence, at least one each, in their order. */
  public List<SentenceWindow> encode(List<TaggedSentence> sentences) {
    List<SentenceWindow> windows = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      addWindows(i, sentences.get(i).words(), windows);
    }
    return windows;
  }

  private void addWindows(int sentence, List<String> words, List<SentenceWindow> windows) {
    int[][] pieces = words.stream().map(tokenizer::encode).toArray(int[][]::new);
    int[] all = Arrays.stream(pieces).flatMapToInt(Arrays::stream).toArray();
    int[] firsts = new int[pieces.length];
    for (int word = 1; word < pieces.length; word++) {
      firsts[word] = firsts[word - 1] + pieces[word - 1].length;
    }
    int room = maxSeqLength - 2;
    Stretches stretches = new Stretches(all.length, room, Math.max(1, room / 2));
    List<List<Integer>> tagged = new ArrayList<>();
    IntStream.range(0, stretches.count()).forEach(stretch -> tagged.add(new ArrayList<>()));
    for (int word = 0; word < pieces.length; word++) {
      if (pieces[word].length > 0) {
        tagged.get(stretches.best(firsts[word])).add(word);
      }
    }
    for (int i = 0; i < stretches.count(); i++) {
      int start = stretches.start(i);
      int[] own = tagged.get(i).stream().mapToInt(word -> word).toArray();
      windows.add(
          new SentenceWindow(
              sentence,
              sequence(Arrays.copyOfRange(all, start, stretches.end(i))),
              own,
              Arrays.stream(own).map(word -> firsts[word] - start + 1).toArray()));
    }
  }

  private EncodedSequence sequence(int[] stretch) {
    SpecialTokens special = tokenizer.specialTokens();
    int[] ids = new int[stretch.length + 2];
    ids[0] = special.cls();
    System.arraycopy(stretch, 0, ids, 1, stretch.length);
    ids[ids.length - 1] = special.sep();
    return new EncodedSequence(ids, new int[ids.length]);
  }

  /**
   * Windows to learn from, kept in a file; their labels are a number a piece: the index of the tag,
   * or {@value #NONE}.
   *
   * @param labels every tag
   */
  public List<EncodedExample> train(
      List<TaggedSentence> sentences, List<String> labels, FeatureCache cache) {
    Map<String, Integer> indices = indices(labels);
    return cache.windows(
        () -> key(sentences, labels), sentences, chunk -> labelled(chunk, indices));
  }

  /** The place of each label. */
  public static Map<String, Integer> indices(List<String> labels) {
    Map<String, Integer> indices = new HashMap<>();
    labels.forEach(label -> indices.put(label, indices.size()));
    return indices;
  }

  private List<EncodedExample> labelled(
      List<TaggedSentence> sentences, Map<String, Integer> indices) {
    List<EncodedExample> examples = new ArrayList<>();
    for (SentenceWindow window : encode(sentences)) {
      double[] labels = labels(window, sentences.get(window.sentence()).tags(), indices);
      examples.add(new EncodedExample(examples.size(), window.sequence(), labels));
    }
    return examples;
  }

  /**
   * What is to be learnt from the pieces of a window: the index of a tag, or {@value #NONE}.
   *
   * @param tags of the sentence
   * @param indices of every tag
   */
  public static double[] labels(
      SentenceWindow window, List<String> tags, Map<String, Integer> indices) {
    double[] labels = new double[window.sequence().length()];
    Arrays.fill(labels, NONE);
    for (int i = 0; i < window.words().length; i++) {
      labels[window.positions()[i]] =
          Objects.requireNonNull(indices.get(tags.get(window.words()[i])));
    }
    return labels;
  }

  /** 64 hexadecimal digits over all that decides the windows and their labels. */
  public String key(List<TaggedSentence> sentences, List<String> labels) {
    Sha256 key =
        new Sha256()
            .add("entities")
            .add(VERSION)
            .add(tokenizer.fingerprint())
            .add(maxSeqLength)
            .add(labels.size());
    labels.forEach(key::add);
    for (TaggedSentence sentence : sentences) {
      key.add(sentence.words().size());
      sentence.words().forEach(key::add);
      sentence.tags().forEach(key::add);
    }
    return key.hex();
  }
}
