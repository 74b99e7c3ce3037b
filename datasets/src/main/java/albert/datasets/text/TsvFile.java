package albert.datasets.text;

import albert.datasets.DataFormatException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of tab-separated fields as GLUE's are, a line at a time: UTF-8, with or without byte-order
 * mark, lines ended by LF or CRLF. Quotation marks are text like any other, and so are all other
 * characters that some readers take for a line's end. Lines without any character are passed over.
 */
final class TsvFile implements AutoCloseable {
  /** No real line comes near it; a file without line ends should not fill the memory. */
  private static final int LONGEST_LINE = 1 << 24;

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Path file;
  private final InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long line;

  /**
   * @throws UncheckedIOException if it can't be read
   */
  TsvFile(Path file) {
    this.file = file;
    try {
      this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The fields of the next line, or null at the end.
   *
   * @throws DataFormatException if it is not text
   */
  String @Nullable [] next() {
    try {
      while (readLine()) {
        String text = decode();
        if (!text.isEmpty()) {
          return text.split("\t", -1);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return null;
  }

  /** Whether there was another line. */
  private boolean readLine() throws IOException {
    bytes.reset();
    line++;
    int next = in.read();
    if (next < 0) {
      return false;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      bytes.write(next);
      if (bytes.size() > LONGEST_LINE) {
        throw wrong(
            String.format(Locale.ROOT, "it is longer than %d bytes, no text is", LONGEST_LINE));
      }
    }
    return true;
  }

  private String decode() {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
    } catch (CharacterCodingException e) {
      throw wrong("it is not UTF-8 text");
    }
    if (line == 1 && text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** What to throw about the line that was read last. */
  DataFormatException wrong(String problem) {
    return new DataFormatException(file.toString(), line, problem);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
