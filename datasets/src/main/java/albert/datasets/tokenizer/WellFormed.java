package albert.datasets.tokenizer;

/** Text as native libraries can take it. */
final class WellFormed {

  private WellFormed() {}

  /** The text with each unpaired surrogate as U+FFFD, since UTF-8 has no bytes for it. */
  static String of(String text) {
    StringBuilder repaired = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      if (repaired == null) {
        repaired = new StringBuilder(text);
      }
      repaired.setCharAt(i, '\ufffd');
    }
    return repaired == null ? text : repaired.toString();
  }
}
