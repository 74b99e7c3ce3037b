package albert.datasets;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 file, gzipped where its name ends in {@code .gz}. A byte order mark at its
 * beginning and the line ends are not part of the lines. Bytes that are not UTF-8, and NUL, which
 * no text has, are errors that name the place.
 */
public final class TextLines implements AutoCloseable {
  /** In bytes; what is longer is no text file. */
  static final int LONGEST_LINE = 1 << 26;

  private static final String BYTE_ORDER_MARK = "\ufeff";

  /** That mark as files of other encodings begin with. */
  private static final Set<String> UTF_16 = Set.of("fffe", "feff");

  private final String name;
  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private long line;
  private long offset;

  private TextLines(String name, InputStream in) {
    this.name = name;
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /**
   * Reads a stream, which is closed with this.
   *
   * @param name of it, for messages
   */
  public static TextLines of(String name, InputStream in) {
    return new TextLines(name, in);
  }

  /**
   * Opens a file.
   *
   * @throws DataFormatException if it is not gzip, as its name says
   */
  public static TextLines open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      boolean zipped = file.toString().endsWith(".gz");
      return of(file.toString(), zipped ? new GZIPInputStream(raw) : raw);
    } catch (ZipException | java.io.EOFException e) {
      raw.close();
      throw new DataFormatException(file.toString(), "not gzip, as its name says", e);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * The next line, or null after the last.
   *
   * @throws DataFormatException if it is not UTF-8 text
   */
  public @Nullable String next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    int b = read();
    if (b < 0) {
      return null;
    }
    line++;
    long begin = offset;
    while (b >= 0 && b != '\n') {
      if (b == 0 || bytes.size() == LONGEST_LINE) {
        throw new DataFormatException(name, line, noText(b, bytes.toByteArray(), begin));
      }
      bytes.write(b);
      b = read();
    }
    offset = begin + bytes.size() + (b < 0 ? 0 : 1);
    String text = decode(bytes.toByteArray(), begin);
    boolean marked = line == 1 && text.startsWith(BYTE_ORDER_MARK);
    int end = text.endsWith("\r") ? text.length() - 1 : text.length();
    return text.substring(marked ? 1 : 0, end);
  }

  /** Why a line that is read this far is none; what spreadsheets call Unicode text is UTF-16. */
  private static String noText(int next, byte[] read, long begin) {
    boolean marked =
        begin == 0 && read.length > 1 && UTF_16.contains(HexFormat.of().formatHex(read, 0, 2));
    return next == 0 && marked
        ? "it is UTF-16, needed is UTF-8: save it as such"
        : String.format(
            Locale.ROOT,
            "%s at byte %d, so it is no text file",
            next == 0 ? "a NUL" : "no line end in " + LONGEST_LINE + " bytes",
            begin + read.length);
  }

  private int read() throws IOException {
    try {
      return in.read();
    } catch (ZipException | java.io.EOFException e) {
      throw new DataFormatException(
          name,
          String.format(Locale.ROOT, "the gzip data is broken or cut short after line %d", line),
          e);
    }
  }

  private String decode(byte[] bytes, long begin) throws CharacterCodingException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    decoder.reset();
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new DataFormatException(
          name,
          line,
          String.format(
              Locale.ROOT,
              "byte 0x%02x at byte %d is not UTF-8, expected is UTF-8 text",
              bytes[in.position()],
              begin + in.position()));
    }
    return out.flip().toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
