package albert.datasets.tokenizer;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * From the characters of a changed text back to those they came from.
 *
 * <p>The change is one that can be made a code point at a time, in the order of the text: dropping,
 * decomposing, lower-casing. Rules that look at neighbours may replace a character by another
 * (final sigma) but not change their number.
 */
final class Alignment {
  private final StringBuilder changed = new StringBuilder();
  private int[] starts = new int[64];
  private int[] ends = new int[64];

  /** Adds what became of the code point at {@code start} to {@code end}, exclusive. */
  void add(CharSequence became, int start, int end) {
    int from = changed.length();
    changed.append(became);
    int to = changed.length();
    if (to > starts.length) {
      starts = Arrays.copyOf(starts, 2 * to);
      ends = Arrays.copyOf(ends, 2 * to);
    }
    Arrays.fill(starts, from, to, start);
    Arrays.fill(ends, from, to, end);
  }

  /**
   * Changes a text a code point at a time.
   *
   * @param offset of its first character in the whole
   */
  static Alignment of(String text, int offset, IntFunction<String> change) {
    Alignment alignment = new Alignment();
    int next;
    for (int i = 0; i < text.length(); i = next) {
      int c = text.codePointAt(i);
      next = i + Character.charCount(c);
      alignment.add(change.apply(c), offset + i, offset + next);
    }
    return alignment;
  }

  /** The same with some units of the changed text left out. */
  Alignment without(BitSet units) {
    if (units.isEmpty()) {
      return this;
    }
    Alignment rest = new Alignment();
    for (int i = units.nextClearBit(0); i < changed.length(); i = units.nextClearBit(i + 1)) {
      rest.add(changed.subSequence(i, i + 1), starts[i], ends[i]);
    }
    return rest;
  }

  /** The changed text, UTF-16 units. */
  CharSequence changed() {
    return changed;
  }

  /** How many units it has. */
  int length() {
    return changed.length();
  }

  /** Where in the original the unit begins; the end of the last one for the length. */
  int start(int unit) {
    return unit < changed.length() ? starts[unit] : changed.isEmpty() ? 0 : ends[unit - 1];
  }

  /** Where in the original the unit ends. */
  int end(int unit) {
    return ends[unit];
  }
}
