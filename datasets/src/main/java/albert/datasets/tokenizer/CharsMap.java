package albert.datasets.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The normalisation table of a SentencePiece model ({@code precompiled_charsmap}): the length of a
 * double-array trie (darts-clone), the trie, and the texts that its values point to, each ending
 * with a zero byte. The native library follows the trie without looking at its bounds, so a broken
 * one would end the process.
 */
final class CharsMap {
  private static final int HAS_LEAF = 1 << 8;
  private static final int LABELS = 0xff;

  private CharsMap() {}

  /**
   * Checks that no text leads out of the trie or the texts.
   *
   * @throws IllegalArgumentException if one could
   */
  static void check(ByteBuffer table) {
    ByteBuffer map = table.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (!map.hasRemaining()) {
      return;
    }
    int trieBytes = map.remaining() < Integer.BYTES ? -1 : map.getInt();
    if (trieBytes < Integer.BYTES
        || trieBytes % Integer.BYTES != 0
        || trieBytes >= map.remaining()
        || map.get(map.limit() - 1) != 0) {
      throw new IllegalArgumentException("a normalisation table that is cut off");
    }
    int[] units = new int[trieBytes / Integer.BYTES];
    map.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(units);
    int texts = map.remaining() - trieBytes;
    for (int at = 0; at < units.length; at++) {
      // a unit with the highest bit is a value, where no step of a search ends
      if (at == 0 || units[at] >= 0) {
        checkUnit(units, at, texts);
      }
    }
  }

  private static void checkUnit(int[] units, int at, int texts) {
    int unit = units[at];
    int children = at ^ ((unit >>> 10) << ((unit & (1 << 9)) >>> 6));
    boolean inside = children >= 0 && (children | LABELS) < units.length;
    if (!inside || ((unit & HAS_LEAF) != 0 && (units[children] & Integer.MAX_VALUE) >= texts)) {
      throw new IllegalArgumentException("a normalisation table that leads out of itself");
    }
  }
}
