package albert.datasets.pretraining;

import albert.datasets.tokenizer.SpecialTokens;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Packs the sentences of a document into examples ({@code create_instances_from_document} of the
 * published script): sentences are taken until they reach the target length, then cut at a random
 * place between two of them into segments A and B; B is swapped with A, or replaced by sentences of
 * a random other document, by the objective. What is too long is cut from the front or the back of
 * the longer segment, a piece at a time. A chunk of a single sentence gets a random B and label 1,
 * as published.
 *
 * <p>Differs from the published script: the target length is drawn for every example, not once a
 * document. Without pairs, which the script does not know, all sentences are one segment.
 */
final class ExampleBuilder {
  private final ExampleSettings settings;
  private final Masking masking;
  private final SpecialTokens special;
  private final boolean singleSentences;

  /**
   * @param singleSentences whether chunks of a single sentence are used where there are pairs; an
   *     evaluation leaves them out, since their label says nothing of order
   */
  ExampleBuilder(ExampleSettings settings, MaskingVocabulary vocabulary, boolean singleSentences) {
    this.settings = settings;
    this.masking = new Masking(settings, vocabulary);
    this.special = vocabulary.special();
    this.singleSentences = singleSentences;
  }

  /**
   * Makes the examples of a part.
   *
   * @param sentences of the part
   * @param another draws the sentences of another document
   * @param out gets them in order
   */
  void build(
      int[][] sentences,
      Function<SplittableRandom, int[][]> another,
      SplittableRandom random,
      Consumer<PretrainingExample> out) {
    int begin = 0;
    while (begin < sentences.length) {
      int target = target(random);
      int end = begin;
      for (int length = 0; end < sentences.length && length < target; end++) {
        length += sentences[end].length;
      }
      if (!settings.objective().hasPairs()) {
        out.accept(single(joined(sentences, begin, end), random));
        begin = end;
      } else {
        begin = pair(sentences, begin, end, target, another, random, out);
      }
    }
  }

  private int room() {
    return settings.maxSeqLength() - (settings.objective().hasPairs() ? 3 : 2);
  }

  private int target(SplittableRandom random) {
    return random.nextDouble() < settings.shortSeqProb() ? 2 + random.nextInt(room() - 1) : room();
  }

  /**
   * @return the sentence that the next chunk begins with: those that a random B stood in for are
   *     put back
   */
  private int pair(
      int[][] sentences,
      int begin,
      int end,
      int target,
      Function<SplittableRandom, int[][]> another,
      SplittableRandom random,
      Consumer<PretrainingExample> out) {
    int count = end - begin;
    int middle = begin + (count > 1 ? 1 + random.nextInt(count - 1) : 1);
    boolean nextSentence = settings.objective() == PairObjective.NEXT_SENTENCE;
    Segment a = joined(sentences, begin, middle);
    if (count == 1 || (nextSentence && random.nextBoolean())) {
      if (count > 1 || singleSentences) {
        Segment b = randomStretch(another.apply(random), target - a.length(), random);
        out.accept(pair(a, b, 1, random));
      }
      return middle;
    }
    Segment b = joined(sentences, middle, end);
    boolean swapped = !nextSentence && random.nextBoolean();
    out.accept(swapped ? pair(b, a, 1, random) : pair(a, b, 0, random));
    return end;
  }

  private static Segment randomStretch(int[][] sentences, int wanted, SplittableRandom random) {
    int from = random.nextInt(sentences.length);
    int to = from;
    int length = 0;
    do {
      length += sentences[to++].length;
    } while (to < sentences.length && length < wanted);
    return joined(sentences, from, to);
  }

  /** Ids with the window of them that is left. */
  private static final class Segment {
    final int[] ids;
    int from;
    int to;

    Segment(int[] ids) {
      this.ids = ids;
      to = ids.length;
    }

    int length() {
      return to - from;
    }

    void shorten(SplittableRandom random) {
      if (random.nextBoolean()) {
        from++;
      } else {
        to--;
      }
    }

    void copyTo(int[] target, int at) {
      System.arraycopy(ids, from, target, at, length());
    }
  }

  private static Segment joined(int[][] sentences, int from, int to) {
    int length = 0;
    for (int i = from; i < to; i++) {
      length += sentences[i].length;
    }
    int[] ids = new int[length];
    int at = 0;
    for (int i = from; i < to; i++) {
      System.arraycopy(sentences[i], 0, ids, at, sentences[i].length);
      at += sentences[i].length;
    }
    return new Segment(ids);
  }

  private PretrainingExample pair(Segment a, Segment b, int label, SplittableRandom random) {
    while (a.length() + b.length() > room()) {
      (a.length() > b.length() ? a : b).shorten(random);
    }
    int firstEnd = a.length() + 2;
    int[] ids = new int[firstEnd + b.length() + 1];
    ids[0] = special.cls();
    a.copyTo(ids, 1);
    ids[firstEnd - 1] = special.sep();
    b.copyTo(ids, firstEnd);
    ids[ids.length - 1] = special.sep();
    int[] segmentIds = new int[ids.length];
    Arrays.fill(segmentIds, firstEnd, ids.length, 1);
    return masking.mask(ids, segmentIds, label, random);
  }

  private PretrainingExample single(Segment a, SplittableRandom random) {
    while (a.length() > room()) {
      a.shorten(random);
    }
    int[] ids = new int[a.length() + 2];
    ids[0] = special.cls();
    a.copyTo(ids, 1);
    ids[ids.length - 1] = special.sep();
    return masking.mask(ids, new int[ids.length], 0, random);
  }
}
