package albert.datasets.tokenizer;

/** White space as Python's {@code str.split()} knows it, which the reference code relies on. */
final class WhiteSpace {

  private WhiteSpace() {}

  /** Python's {@code str.isspace} of one character: category Zs, or direction WS, B or S. */
  static boolean is(int codePoint) {
    if (codePoint < 128) {
      return codePoint == ' '
          || (codePoint >= '\t' && codePoint <= '\r')
          || (codePoint >= 0x1c && codePoint <= 0x1f);
    }
    return codePoint == 0x85
        || codePoint == 0x2028
        || codePoint == 0x2029
        || Character.getType(codePoint) == Character.SPACE_SEPARATOR;
  }

  /** Python's {@code " ".join(text.split())}. */
  static String collapse(String text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    boolean pending = false;
    for (int i = 0; i < text.length(); i++) {
      // every white space is in the basic plane
      char c = text.charAt(i);
      if (is(c)) {
        pending = !collapsed.isEmpty();
      } else {
        if (pending) {
          collapsed.append(' ');
          pending = false;
        }
        collapsed.append(c);
      }
    }
    return collapsed.toString();
  }
}
