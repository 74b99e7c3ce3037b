package albert.datasets.tokenizer;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * Long runs of characters that no piece of a vocabulary has. SentencePiece makes one unknown piece
 * of such a run, whatever its length, but joins it a character at a time with a copy of all before
 * ({@code sentencepiece_processor.cc:PopulateSentencePieceText}): time that grows with the square
 * of the length. The middle of a run is in no other piece, and is left out. (Segmentations of what
 * follows that are exactly as likely, as {@code a aa} and {@code aa a}, are told apart by the
 * rounding of a sum over all that went before, in the library as here; so short runs stay whole.)
 */
final class UnknownRuns {

  /** How many characters stay at either end of a run. */
  static final int KEPT = 500;

  private final BitSet inPieces;
  private final IntPredicate isUnknown;
  private final Map<Integer, Boolean> unknown = new ConcurrentHashMap<>();

  /**
   * Runs of a vocabulary.
   *
   * @param inPieces the characters that its pieces have
   * @param isUnknown whether the library takes several of a character as one unknown piece, and
   *     leaves them as they are; asked once a character
   */
  UnknownRuns(BitSet inPieces, IntPredicate isUnknown) {
    this.inPieces = inPieces;
    this.isUnknown = isUnknown;
  }

  /** The UTF-16 units in the middle of long runs; mostly none. */
  BitSet middles(CharSequence text) {
    BitSet middles = new BitSet();
    int run = 0; // characters in it
    int from = 0; // the unit behind the first KEPT of them
    int next;
    for (int i = 0; i < text.length(); i = next) {
      int c = Character.codePointAt(text, i);
      next = i + Character.charCount(c);
      if (isUnknown(c)) {
        run++;
        from = run == KEPT ? next : from;
      } else {
        mark(middles, text, run, from, i);
        run = 0;
      }
    }
    mark(middles, text, run, from, text.length());
    return middles;
  }

  private static void mark(BitSet middles, CharSequence text, int run, int from, int end) {
    if (run > 2 * KEPT) {
      middles.set(from, Character.offsetByCodePoints(text, end, -KEPT));
    }
  }

  /** A text without the middles of its long runs. */
  String shorten(String text) {
    BitSet middles = middles(text);
    if (middles.isEmpty()) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    for (int from = 0; from < text.length(); ) {
      int dropped = middles.nextSetBit(from);
      int to = dropped < 0 ? text.length() : dropped;
      kept.append(text, from, to);
      from = dropped < 0 ? to : middles.nextClearBit(dropped);
    }
    return kept.toString();
  }

  private boolean isUnknown(int c) {
    return !inPieces.get(c)
        && unknown.computeIfAbsent(c, key -> !Composing.LATER.get(key) && isUnknown.test(key));
  }

  /** Characters that normalization may join to the one before them. */
  private static final class Composing {
    static final BitSet LATER = later();

    private static BitSet later() {
      BitSet later = new BitSet();
      for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
        String character = Character.toString(c);
        if (Character.isDefined(c) && !Normalizer.isNormalized(character, Normalizer.Form.NFD)) {
          Normalizer.normalize(character, Normalizer.Form.NFD)
              .codePoints()
              .skip(1)
              .forEach(later::set);
        }
      }
      return later;
    }
  }
}
