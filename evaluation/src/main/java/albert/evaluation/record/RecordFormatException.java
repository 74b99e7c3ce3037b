package albert.evaluation.record;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the store, or one that a user gave, is not in its format; the message is one line. */
public final class RecordFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final int line;

  /**
   * Names file, line and problem.
   *
   * @param file the file
   * @param line its line, counted from 1; 0 if no line is to blame
   * @param problem what was wrong, the value found, what is allowed
   * @param cause what told it, or null
   */
  public RecordFormatException(
      Path file, int line, String problem, @org.jspecify.annotations.Nullable Throwable cause) {
    super(file + (line > 0 ? ", line " + line : "") + ": " + problem, cause);
    this.file = file;
    this.line = line;
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The line, counted from 1; 0 if no line is to blame. */
  public int line() {
    return line;
  }
}
