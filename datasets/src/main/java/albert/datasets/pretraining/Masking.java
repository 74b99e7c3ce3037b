package albert.datasets.pretraining;

import albert.datasets.tokenizer.SpecialTokens;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Hides words for masked language modelling (ALBERT paper, section 4.1; {@code
 * create_masked_lm_predictions} of the published script).
 *
 * <p>Words are visited in random order; from each on, n of them are taken with p(n) ∝ 1/n, fewer if
 * they would exceed what is to be masked, none if a piece is masked already. Of the pieces taken 80
 * % become [MASK], 10 % a random piece, 10 % stay. Special tokens are never taken.
 *
 * <p>Differs from the published script: a piece that goes on with a word after a [SEP], where a
 * segment was cut at its front, is a word of its own.
 */
final class Masking {
  private static final double MASKED = 0.8;
  private static final double KEPT = 0.5;

  private final ExampleSettings settings;
  private final MaskingVocabulary vocabulary;
  private final double[] cumulative;

  Masking(ExampleSettings settings, MaskingVocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    cumulative = new double[settings.maxNgram()];
    double sum = 0;
    for (int n = 1; n <= cumulative.length; n++) {
      sum += 1.0 / n;
      cumulative[n - 1] = sum;
    }
  }

  /**
   * Masks a sequence.
   *
   * @param ids int32 [seq] with its special tokens; changed in place
   * @param segmentIds int32 [seq]
   */
  PretrainingExample mask(int[] ids, int[] segmentIds, int label, SplittableRandom random) {
    Words words = words(ids);
    int wanted =
        Math.min(
            settings.maxPredictionsPerSeq(),
            Math.max(1, (int) Math.rint(ids.length * settings.maskedLmProb())));
    BitSet chosen = choose(words, wanted, random);
    int[] positions = chosen.stream().toArray();
    int[] originals = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      originals[i] = ids[positions[i]];
      ids[positions[i]] = replace(originals[i], random);
    }
    return new PretrainingExample(ids, segmentIds, words.boundary, positions, originals, label);
  }

  /** Positions in words, in order: word w has the positions from {@code begins[w]} on. */
  private static final class Words {
    final int[] positions;
    final int[] begins;
    final int[] boundary;
    int count;

    Words(int length) {
      positions = new int[length];
      begins = new int[length + 1];
      boundary = new int[length];
    }

    int pieces(int word, int n) {
      return begins[Math.min(word + n, count)] - begins[word];
    }
  }

  private Words words(int[] ids) {
    SpecialTokens special = vocabulary.special();
    Words words = new Words(ids.length);
    int pieces = 0;
    boolean first = true;
    for (int i = 0; i < ids.length; i++) {
      boolean separates = ids[i] == special.cls() || ids[i] == special.sep();
      boolean begins = separates || vocabulary.beginsWord(ids[i]);
      words.boundary[i] = begins ? 1 : 0;
      if (!separates) {
        if (begins || first || !settings.wholeWordMasking()) {
          words.begins[words.count++] = pieces;
        }
        words.positions[pieces++] = i;
      }
      first = separates;
    }
    words.begins[words.count] = pieces;
    return words;
  }

  private BitSet choose(Words words, int wanted, SplittableRandom random) {
    int[] order = Draws.shuffled(words.count, random);
    BitSet chosen = new BitSet(words.boundary.length);
    int left = wanted;
    for (int i = 0; i < order.length && left > 0; i++) {
      int word = order[i];
      int n = ngram(random);
      while (n > 1 && words.pieces(word, n) > left) {
        n--;
      }
      int pieces = words.pieces(word, n);
      if (pieces <= left && isFree(words, word, pieces, chosen)) {
        for (int p = 0; p < pieces; p++) {
          chosen.set(words.positions[words.begins[word] + p]);
        }
        left -= pieces;
      }
    }
    return chosen;
  }

  private static boolean isFree(Words words, int word, int pieces, BitSet chosen) {
    for (int p = 0; p < pieces; p++) {
      if (chosen.get(words.positions[words.begins[word] + p])) {
        return false;
      }
    }
    return true;
  }

  private int ngram(SplittableRandom random) {
    double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, drawn);
    return Math.min(cumulative.length, found < 0 ? -found : found + 2);
  }

  private int replace(int id, SplittableRandom random) {
    if (random.nextDouble() < MASKED) {
      return vocabulary.special().mask();
    }
    return random.nextDouble() < KEPT
        ? id
        : vocabulary.replacement(random.nextInt(vocabulary.replacements()));
  }
}
