package albert.datasets.pretraining;

import albert.datasets.DataFormatException;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.AtomicFiles;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A corpus as ids, in one file that is written once and read by pieces, so that a corpus may be
 * larger than the memory: 12 bytes a part are kept in it. A part is a document, or where that has
 * more than {@value #LONGEST_PART} sentences, up to so many of its sentences in a row.
 *
 * <p>The file: parts of int32 numbers (how many sentences, their lengths, all their ids), the index
 * (offset and document of each part), and a footer of fixed size.
 */
public final class TokenizedCorpus implements AutoCloseable {
  /** Most sentences in a part. */
  static final int LONGEST_PART = 1_000;

  private static final String VERSION = "ALBERT tokens 1 ";
  private static final int KEY_BYTES = 129;
  private static final int FOOTER_BYTES = VERSION.length() + KEY_BYTES + 4 * Long.BYTES;
  private static final int INDEX_BYTES = Long.BYTES + Integer.BYTES;

  private final FileChannel channel;
  private final long[] offsets;
  private final int[] documents;
  private final long tokens;
  private final long sentences;
  private final String key;

  private TokenizedCorpus(
      FileChannel channel,
      long[] offsets,
      int[] documents,
      long sentences,
      long tokens,
      String key) {
    this.channel = channel;
    this.offsets = offsets;
    this.documents = documents;
    this.sentences = sentences;
    this.tokens = tokens;
    this.key = key;
  }

  /**
   * Opens the file, which is written first where it is not there or is that of another corpus or
   * tokenizer.
   *
   * @param file where the ids are kept
   * @param corpusSha256 {@link Corpus#sha256()}, 64 hexadecimal digits
   * @param tokenizerSha256 64 hexadecimal digits over the tokenizer's file
   * @throws DataFormatException if a file is not text, or there is no text in any
   */
  public static TokenizedCorpus open(
      Path file, Corpus corpus, String corpusSha256, Tokenizer tokenizer, String tokenizerSha256)
      throws IOException {
    String key = corpusSha256 + ":" + tokenizerSha256;
    if (Files.exists(file)) {
      TokenizedCorpus there = read(file);
      if (there.key.equals(key)) {
        return there;
      }
      there.close();
    }
    AtomicFiles.write(
        file, out -> new Writing(new DataOutputStream(out), tokenizer).write(corpus, key));
    return read(file);
  }

  private static TokenizedCorpus read(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return read(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static TokenizedCorpus read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer footer = ByteBuffer.allocate(FOOTER_BYTES);
    boolean whole = size >= FOOTER_BYTES;
    if (whole) {
      fill(channel, footer, size - FOOTER_BYTES);
      whole = ascii(footer, VERSION.length()).equals(VERSION);
    }
    if (!whole) {
      throw new DataFormatException(file.toString(), "no token file of this version: delete it");
    }
    String key = ascii(footer, KEY_BYTES);
    long index = footer.getLong();
    int parts = (int) footer.getLong();
    long sentences = footer.getLong();
    long tokens = footer.getLong();
    ByteBuffer entries = ByteBuffer.allocate(Math.multiplyExact(parts, INDEX_BYTES));
    fill(channel, entries, index);
    long[] offsets = new long[parts + 1];
    int[] documents = new int[parts];
    for (int i = 0; i < parts; i++) {
      offsets[i] = entries.getLong();
      documents[i] = entries.getInt();
    }
    offsets[parts] = index;
    return new TokenizedCorpus(channel, offsets, documents, sentences, tokens, key);
  }

  private static String ascii(ByteBuffer in, int bytes) {
    byte[] text = new byte[bytes];
    in.get(text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static void fill(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("the token file has become shorter while it was read");
      }
    }
    buffer.flip();
  }

  /** How many parts there are. */
  public int parts() {
    return documents.length;
  }

  /** How many documents. */
  public int documents() {
    return documents[documents.length - 1] + 1;
  }

  /** How many sentences. */
  public long sentences() {
    return sentences;
  }

  /** How many pieces. */
  public long tokens() {
    return tokens;
  }

  /** The document that a part belongs to; documents are numbered from 0 in the files' order. */
  public int document(int part) {
    return documents[part];
  }

  /** The sentences of a part as ids; safe for use by several threads. */
  int[][] sentences(int part) {
    ByteBuffer bytes = ByteBuffer.allocate((int) (offsets[part + 1] - offsets[part]));
    try {
      fill(channel, bytes, offsets[part]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    IntBuffer ints = bytes.asIntBuffer();
    int[][] read = new int[ints.get()][];
    for (int i = 0; i < read.length; i++) {
      read[i] = new int[ints.get()];
    }
    for (int[] sentence : read) {
      ints.get(sentence);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Writes the file, front to back. */
  private static final class Writing implements Corpus.Listener {
    private final DataOutputStream out;
    private final Tokenizer tokenizer;
    private final List<int[]> open = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final List<Integer> documents = new ArrayList<>();
    private int document;
    private long written;
    private long sentences;
    private long tokens;

    Writing(DataOutputStream out, Tokenizer tokenizer) {
      this.out = out;
      this.tokenizer = tokenizer;
    }

    void write(Corpus corpus, String key) throws IOException {
      corpus.read(this);
      if (offsets.isEmpty()) {
        throw new DataFormatException(
            corpus.root().toString(), "the corpus is empty: no file of it has a word in it");
      }
      for (int i = 0; i < offsets.size(); i++) {
        out.writeLong(offsets.get(i));
        out.writeInt(documents.get(i));
      }
      out.write((VERSION + key).getBytes(StandardCharsets.US_ASCII));
      for (long number : new long[] {written, offsets.size(), sentences, tokens}) {
        out.writeLong(number);
      }
      out.flush();
    }

    @Override
    public void sentence(String text) throws IOException {
      int[] ids = tokenizer.encode(text);
      if (ids.length == 0) {
        return;
      }
      open.add(ids);
      if (open.size() == LONGEST_PART) {
        part(open.subList(0, LONGEST_PART / 2)); // so that no part is left with a single sentence
      }
    }

    @Override
    public void documentEnds() throws IOException {
      if (!open.isEmpty()) {
        part(open);
        document++;
      }
    }

    private void part(List<int[]> part) throws IOException {
      offsets.add(written);
      documents.add(document);
      int numbers = 1 + part.size();
      out.writeInt(part.size());
      for (int[] ids : part) {
        out.writeInt(ids.length);
        numbers += ids.length;
      }
      for (int[] ids : part) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * Integer.BYTES);
        bytes.asIntBuffer().put(ids);
        out.write(bytes.array());
        tokens += ids.length;
      }
      sentences += part.size();
      written += (long) numbers * Integer.BYTES;
      part.clear();
    }
  }
}
