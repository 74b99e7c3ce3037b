package albert.model.io.tensorbundle;

import albert.model.io.file.FormatProblem;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
  static Map<String, byte[]> read(ByteBuffer file) throws IOException {
    ByteBuffer table = file.order(ByteOrder.LITTLE_ENDIAN);
    int size = table.limit();
    if (size < FOOTER || table.getLong(size - Long.BYTES) != MAGIC) {
      throw new FormatProblem("it does not end as the index of a TensorFlow checkpoint does");
    }
    CodedInputStream footer =
        CodedInputStream.newInstance(table.slice(size - FOOTER, FOOTER - Long.BYTES));
    readHandle(footer, size); // of the meta index, which is empty
    Map<String, byte[]> entries = new LinkedHashMap<>();
    String[] last = {null};
    forEach(
        block(table, readHandle(footer, size)),
        (blockKey, handle) ->
            forEach(
                block(table, readHandle(CodedInputStream.newInstance(handle), size)),
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

  private static Handle readHandle(CodedInputStream from, int fileSize) throws IOException {
    int offset = number(from, fileSize, "a block's offset");
    return new Handle(offset, number(from, fileSize - offset - BLOCK_TRAILER, "a block's size"));
  }

  private static int number(CodedInputStream from, int most, String what) throws IOException {
    long value = from.readRawVarint64();
    if (value < 0 || value > most) {
      throw new FormatProblem(
          String.format(
              Locale.ROOT,
              "%s is %s, at most %d is possible",
              what,
              Long.toUnsignedString(value),
              most));
    }
    return (int) value;
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
    void take(String key, byte[] value) throws IOException;
  }

  /** Entries share the beginning of their keys with the one before; restart points follow them. */
  private static void forEach(ByteBuffer block, Entry entry) throws IOException {
    if (block.limit() < Integer.BYTES) {
      throw new FormatProblem("a block is too short");
    }
    int restarts = block.getInt(block.limit() - Integer.BYTES);
    if (restarts < 0 || restarts > block.limit() / Integer.BYTES - 1) {
      throw new FormatProblem("a block has an impossible number of restarts");
    }
    int length = block.limit() - (restarts + 1) * Integer.BYTES;
    CodedInputStream entries = CodedInputStream.newInstance(block.limit(length));
    byte[] key = {};
    while (!entries.isAtEnd()) {
      int shared = number(entries, key.length, "a key's shared length");
      int own = number(entries, LONGEST_KEY - shared, "a key's length");
      int valueSize = number(entries, length, "a value's length");
      byte[] next = Arrays.copyOf(key, shared + own);
      System.arraycopy(entries.readRawBytes(own), 0, next, shared, own);
      key = next;
      entry.take(new String(key, StandardCharsets.ISO_8859_1), entries.readRawBytes(valueSize));
    }
  }

  /** Writes a table of one block, which any reader takes. */
  static byte[] write(SortedMap<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      append(data, entry.getKey(), entry.getValue());
    }
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

  /** Appends an entry that shares nothing of the key before. */
  private static void append(ByteArrayOutputStream block, String key, byte[] value)
      throws IOException {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    block.writeBytes(numbers(0, bytes.length, value.length));
    block.writeBytes(bytes);
    block.writeBytes(value);
  }

  private static byte[] numbers(int... numbers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (int number : numbers) {
      out.writeUInt32NoTag(number);
    }
    out.flush();
    return bytes.toByteArray();
  }

  /** Appends a block with its restart point, type and checksum; returns its handle. */
  private static byte[] writeBlock(ByteArrayOutputStream out, ByteArrayOutputStream entries)
      throws IOException {
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
    return numbers(offset, size);
  }
}
