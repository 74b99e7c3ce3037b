package albert.datasets.tokenizer;

import java.text.Normalizer;

/**
 * Finds SentencePiece's pieces again in the text that they were made of. The library normalizes
 * that text once more (composes what had been decomposed, drops what it has no use for), so
 * characters are compared in their decomposed form, those that no piece has are passed over, and
 * one that the text does not have is placed where the text stands.
 */
final class PieceAligner {
  private static final char WORD_START = '\u2581';

  /** How many characters in a row the library may have dropped. */
  private static final int LONGEST_GAP = 16;

  private final Alignment text;
  private final Pieces pieces = new Pieces();
  private int unit;

  PieceAligner(Alignment text) {
    this.text = text;
  }

  /**
   * Places the next piece.
   *
   * @param surface its characters, with the mark of a word's start
   */
  void place(int id, String surface) {
    String decomposed = Normalizer.normalize(surface, Normalizer.Form.NFKD);
    int start = -1;
    int end = -1;
    for (int i = 0; i < decomposed.length(); i++) {
      char c = decomposed.charAt(i);
      if (c == WORD_START && i == 0) {
        skipWhiteSpace();
        continue;
      }
      int found = find(c);
      if (found >= 0) {
        start = start < 0 ? text.start(found) : start;
        end = text.end(found);
        unit = found + 1;
      }
    }
    int here = text.start(unit);
    pieces.add(id, start < 0 ? here : start, start < 0 ? here : end);
  }

  private void skipWhiteSpace() {
    while (unit < text.length() && WhiteSpace.is(text.changed().charAt(unit))) {
      unit++;
    }
  }

  private int find(char c) {
    int limit = Math.min(text.length(), unit + LONGEST_GAP);
    for (int i = unit; i < limit; i++) {
      if (same(text.changed().charAt(i), c)) {
        return i;
      }
    }
    return -1;
  }

  /** Lower-casing a whole text and its characters one by one differ in the final sigma alone. */
  private static boolean same(char a, char b) {
    return a == b || (isSigma(a) && isSigma(b));
  }

  private static boolean isSigma(char c) {
    return c == '\u03c3' || c == '\u03c2';
  }

  TokenizedText of(String original) {
    return pieces.of(original);
  }
}
