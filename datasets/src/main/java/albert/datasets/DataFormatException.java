package albert.datasets;

import albert.evaluation.record.RecordFormatException;
import java.util.Locale;

/**
 * A data, vocabulary or tokenizer file that is not what it should be. The message is one line for
 * the person who has the file: the file, the line if one is to blame, what was found and what was
 * expected.
 */
public class DataFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * About a line of a file.
   *
   * @param file the file, or the name of a resource
   * @param line counted from 1; 0 if no line is to blame
   * @param problem what was found and what was expected
   */
  public DataFormatException(String file, long line, String problem) {
    super(
        line > 0
            ? String.format(Locale.ROOT, "%s, line %d: %s", file, line, problem)
            : String.format(Locale.ROOT, "%s: %s", file, problem));
  }

  /**
   * About a whole file.
   *
   * @param file the file, or the name of a resource
   * @param problem what was found and what was expected
   */
  public DataFormatException(String file, String problem) {
    super(String.format(Locale.ROOT, "%s: %s", file, problem));
  }

  /**
   * About a whole file, with what a library said of it.
   *
   * @param file the file, or the name of a resource
   * @param problem what was found and what was expected
   * @param cause the library's complaint
   */
  public DataFormatException(String file, String problem, Throwable cause) {
    super(String.format(Locale.ROOT, "%s: %s", file, problem), cause);
  }

  /** About a file whose format is read elsewhere. */
  public DataFormatException(RecordFormatException cause) {
    super(cause.getMessage(), cause);
  }
}
