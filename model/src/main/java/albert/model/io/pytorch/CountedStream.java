package albert.model.io.pytorch;

import albert.model.io.file.FormatProblem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** A stream that knows how far it was read, and ends in an error beyond a limit. */
final class CountedStream extends InputStream {
  private final InputStream from;
  private final long most;
  private long count;

  /**
   * @param from is read in pieces, so it should have a buffer
   * @param most bytes that may be read
   */
  CountedStream(InputStream from, long most) {
    this.from = from;
    this.most = most;
  }

  /** Bytes read. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int value = from.read();
    add(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = from.read(bytes, offset, length);
    add(Math.max(0, read));
    return read;
  }

  /**
   * The next bytes.
   *
   * @throws EOFException if there are fewer
   */
  byte[] bytes(int length) throws IOException {
    byte[] bytes = readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private void add(int bytes) {
    count += bytes;
    if (count > most) {
      throw new FormatProblem(
          String.format(Locale.ROOT, "a pickle has more than the %d bytes allowed", most));
    }
  }
}
