package albert.model.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * The table of keys and values that a checkpoint's index is: LevelDB's format (doc/table_format.md
 * there; tensorflow/core/lib/io/table), without compression, as TensorFlow writes it. Every block's
 * checksum is checked.
 */
final class SortedTable {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER = 48;
  private static final int BLOCK_TRAILER = 5;
  // shared beginnings let a small file stand for much more; these bound how much
  private static final int LONGEST_KEY = 1024;
  private static final int MOST_ENTRIES = 100_000;

  private SortedTable() {}

  /** Reads a whole table. Keys are bytes, here characters, each larger than the one before. */
  static Map<String, ByteBuffer> read(ByteBuffer file) {
    ByteBuffer table = file.order(ByteOrder.LITTLE_ENDIAN);
    int size = table.limit();
    if (size < FOOTER || table.getLong(size - Long.BYTES) != MAGIC) {
      throw new FormatProblem("it does not end as the index of a TensorFlow checkpoint does");
    }
    ByteBuffer footer = table.slice(size - FOOTER, FOOTER - Long.BYTES);
    readHandle(footer, size); // of the meta index, which is empty
    Map<String, ByteBuffer> entries = new LinkedHashMap<>();
    String[] last = {null};
    forEach(
        block(table, readHandle(footer, size)),
        (blockKey, handle) ->
            forEach(
                block(table, readHandle(handle, size)),
                (key, value) -> {
                  if (last[0] != null && last[0].compareTo(key) >= 0) {
                    throw new FormatProblem("keys are not in order");
                  }
                  if (entries.size() == MOST_ENTRIES) {
                    throw new FormatProblem(
                        String.format(Locale.ROOT, "it has more than %d entries", MOST_ENTRIES));
                  }
                  last[0] = key;
                  entries.put(key, value);
                }));
    return entries;
  }

  private record Handle(int offset, int size) {}

  private static Handle readHandle(ByteBuffer from, int fileSize) {
    int offset = Varints.read(from, fileSize, "a block's offset");
    return new Handle(
        offset, Varints.read(from, fileSize - offset - BLOCK_TRAILER, "a block's size"));
  }

  private static ByteBuffer block(ByteBuffer table, Handle handle) {
    int end = handle.offset() + handle.size();
    if (table.get(end) != 0) {
      throw new FormatProblem("a block is compressed, allowed are uncompressed ones");
    }
    if (Crc.masked(table.slice(handle.offset(), handle.size() + 1)) != table.getInt(end + 1)) {
      throw new FormatProblem("a block's checksum is wrong");
    }
    return table.slice(handle.offset(), handle.size()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private interface Entry {
    void take(String key, ByteBuffer value);
  }

  /** Entries share the beginning of their keys with the one before; restart points follow them. */
  private static void forEach(ByteBuffer block, Entry entry) {
    if (block.limit() < Integer.BYTES) {
      throw new FormatProblem("a block is too short");
    }
    int restarts = block.getInt(block.limit() - Integer.BYTES);
    if (restarts < 0 || restarts > block.limit() / Integer.BYTES - 1) {
      throw new FormatProblem("a block has an impossible number of restarts");
    }
    block.limit(block.limit() - (restarts + 1) * Integer.BYTES);
    byte[] key = {};
    while (block.hasRemaining()) {
      int shared = Varints.read(block, key.length, "a key's shared length");
      int own = Varints.read(block, LONGEST_KEY - shared, "a key's length");
      int valueSize = Varints.read(block, block.remaining(), "a value's length");
      if (own + (long) valueSize > block.remaining()) {
        throw new FormatProblem("an entry is cut short");
      }
      byte[] next = Arrays.copyOf(key, shared + own);
      block.get(next, shared, own);
      key = next;
      ByteBuffer value = block.slice(block.position(), valueSize);
      block.position(block.position() + valueSize);
      entry.take(new String(key, StandardCharsets.ISO_8859_1), value);
    }
  }

  /** Writes a table of one block, which any reader takes. */
  static byte[] write(SortedMap<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    entries.forEach((key, value) -> append(data, key, value));
    byte[] handle = writeBlock(out, data);
    byte[] metaHandle = writeBlock(out, new ByteArrayOutputStream());
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    append(index, entries.isEmpty() ? "" : entries.lastKey(), handle);
    byte[] indexHandle = writeBlock(out, index);
    ByteBuffer footer = ByteBuffer.allocate(FOOTER).order(ByteOrder.LITTLE_ENDIAN);
    footer.put(metaHandle).put(indexHandle).putLong(FOOTER - Long.BYTES, MAGIC);
    out.writeBytes(footer.array());
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream block, String key, byte[] value) {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    Varints.write(block, 0);
    Varints.write(block, bytes.length);
    Varints.write(block, value.length);
    block.writeBytes(bytes);
    block.writeBytes(value);
  }

  /** Appends a block with its restart point, type and checksum; returns its handle. */
  private static byte[] writeBlock(ByteArrayOutputStream out, ByteArrayOutputStream entries) {
    int offset = out.size();
    byte[] content = entries.toByteArray();
    int size = content.length + 2 * Integer.BYTES;
    ByteBuffer block =
        ByteBuffer.allocate(size + BLOCK_TRAILER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(content)
            .putInt(0)
            .putInt(1)
            .put((byte) 0);
    block.putInt(Crc.masked(block.duplicate().flip()));
    out.writeBytes(block.array());
    ByteArrayOutputStream handle = new ByteArrayOutputStream();
    Varints.write(handle, offset);
    Varints.write(handle, size);
    return handle.toByteArray();
  }
}
