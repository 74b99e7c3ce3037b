package albert.model.io;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A model file that can't be used, in words for the person who brought it: one line that names the
 * file, what was found in it and what is allowed.
 */
public final class ModelFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTE = 120;

  /**
   * @param file the file
   * @param problem what was found and what is allowed, in one line
   */
  public ModelFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /**
   * @param file the file
   * @param problem what was found and what is allowed, in one line
   * @param cause what a library said
   */
  public ModelFileException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }

  /** Text from a file made fit for one line of a message: quoted, escaped and not too long. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    int end = Math.min(text.length(), LONGEST_QUOTE);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean plain =
          !Character.isISOControl(c)
              && c != '\u2028'
              && c != '\u2029'
              && Character.getType(c) != Character.FORMAT;
      quoted.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return quoted.append(end < text.length() ? "…'" : "'").toString();
  }
}
