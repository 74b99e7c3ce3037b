package albert.datasets.tokenizer;

import java.util.Arrays;

/** Collects pieces with their places. */
final class Pieces {
  private int[] ids = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;

  void add(int id, int start, int end) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    ids[size] = id;
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  /** All of them; a piece also has the accents that follow it and that no piece has. */
  TokenizedText of(String text) {
    for (int i = 0; i < size; i++) {
      int limit = i + 1 < size ? starts[i + 1] : text.length();
      while (starts[i] < ends[i] && ends[i] < limit && isAccent(text, ends[i])) {
        ends[i] += Character.charCount(text.codePointAt(ends[i]));
      }
    }
    return new TokenizedText(
        Arrays.copyOf(ids, size), Arrays.copyOf(starts, size), Arrays.copyOf(ends, size));
  }

  private static boolean isAccent(String text, int at) {
    return Character.getType(text.codePointAt(at)) == Character.NON_SPACING_MARK;
  }
}
