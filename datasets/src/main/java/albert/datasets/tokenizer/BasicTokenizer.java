package albert.datasets.tokenizer;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.ObjIntConsumer;

/**
 * From text to words, as google-research/bert and google-research/albert, {@code
 * tokenization.py:BasicTokenizer}: control characters are dropped, words end at white space and at
 * CJK ideographs, are lower-cased and stripped of accents for an uncased vocabulary, and are split
 * at punctuation.
 *
 * <p>Character classes are those of the running JDK's Unicode version.
 */
final class BasicTokenizer {
  private static final int REPLACEMENT = 0xfffd;

  private final boolean lowerCase;

  BasicTokenizer(boolean lowerCase) {
    this.lowerCase = lowerCase;
  }

  /** Takes the words of a text one by one. */
  @FunctionalInterface
  interface Words {
    /**
     * A word.
     *
     * @param word not empty
     * @param tokenStart where in the text the stretch without white space begins that it is from
     * @param tokenEnd where that ends
     * @param offset where in {@link #changed} of that stretch the word begins
     */
    void accept(String word, int tokenStart, int tokenEnd, int offset);
  }

  /** Hands over each word, in order. */
  void split(String text, Words words) {
    StringBuilder token = new StringBuilder();
    int start = 0;
    int next;
    for (int i = 0; i < text.length(); i = next) {
      int c = text.codePointAt(i);
      next = i + Character.charCount(c);
      boolean ideograph = isIdeograph(c);
      if (ideograph || (WhiteSpace.is(c) && !isControl(c))) {
        flush(token, start, i, words);
        start = ideograph ? i : next;
      }
      if (ideograph) {
        token.appendCodePoint(c);
        flush(token, i, next, words);
        start = next;
      } else if (isKept(c)) {
        token.appendCodePoint(c);
      }
    }
    flush(token, start, text.length(), words);
  }

  /** What a stretch of text without white space becomes, and which character each comes from. */
  Alignment changed(String text, int start, int end) {
    return Alignment.of(
        text.substring(start, end), start, c -> isKept(c) ? changed(Character.toString(c)) : "");
  }

  private static boolean isKept(int c) {
    return c != 0 && c != REPLACEMENT && !WhiteSpace.is(c) && !isControl(c);
  }

  private void flush(StringBuilder token, int start, int end, Words words) {
    if (token.isEmpty()) {
      return;
    }
    String changed = changed(token.toString());
    token.setLength(0);
    splitOnPunctuation(changed, (word, offset) -> words.accept(word, start, end, offset));
  }

  private String changed(String word) {
    return lowerCase ? withoutAccents(word.toLowerCase(Locale.ROOT)) : word;
  }

  private static String withoutAccents(String word) {
    if (isAscii(word)) {
      return word;
    }
    String decomposed = Normalizer.normalize(word, Normalizer.Form.NFD);
    StringBuilder kept = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isAscii(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static void splitOnPunctuation(String word, ObjIntConsumer<String> words) {
    int start = 0;
    int next;
    for (int i = 0; i < word.length(); i = next) {
      int c = word.codePointAt(i);
      next = i + Character.charCount(c);
      if (isPunctuation(c)) {
        if (start < i) {
          words.accept(word.substring(start, i), start);
        }
        words.accept(word.substring(i, next), i);
        start = next;
      }
    }
    if (start < word.length()) {
      words.accept(word.substring(start), start);
    }
  }

  /** Categories Cc and Cf but for tab, newline and carriage return. */
  private static boolean isControl(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.CONTROL || type == Character.FORMAT;
  }

  /** ASCII that is no letter, digit, space or control, and the categories P*. */
  private static boolean isPunctuation(int c) {
    if (c < 128) {
      return (c >= 33 && c <= 47)
          || (c >= 58 && c <= 64)
          || (c >= 91 && c <= 96)
          || (c >= 123 && c <= 126);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** The blocks that the reference's {@code _is_chinese_char} lists, gaps included. */
  private static boolean isIdeograph(int c) {
    return c >= 0x3400
        && (c <= 0x4dbf
            || (c >= 0x4e00 && c <= 0x9fff)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0x20000 && c <= 0x2a6df)
            || (c >= 0x2a700 && c <= 0x2b73f)
            || (c >= 0x2b740 && c <= 0x2b81f)
            || (c >= 0x2b820 && c <= 0x2ceaf)
            || (c >= 0x2f800 && c <= 0x2fa1f));
  }
}
