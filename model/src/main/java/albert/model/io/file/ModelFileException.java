package albert.model.io.file;

import albert.model.config.ConfigException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A model file that can't be used. The message is one line for the person who has the file: the
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

  /** A file that the file system does not give. */
  public static ModelFileException unreadable(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new ModelFileException(file, "there is no such file", cause);
    }
    boolean named = cause instanceof FileSystemException;
    String reason = named ? ((FileSystemException) cause).getReason() : cause.getMessage();
    String words = cause instanceof AccessDeniedException ? "may not be read" : "can't be read";
    return new ModelFileException(
        file, reason == null ? words : words + ": " + shown(reason), cause);
  }

  /** A file that is no JSON, with the line and the column. */
  public static ModelFileException notJson(Path file, String what, JsonProcessingException cause) {
    return atLine(file, what + "is not JSON: " + JsonProblem.words(cause), cause);
  }

  /** JSON that says what it should not, with the line. */
  public static ModelFileException atLine(
      Path file, String problem, JsonProcessingException cause) {
    int line = JsonProblem.line(cause);
    return new ModelFileException(file, (line > 0 ? "line " + line + ": " : "") + problem, cause);
  }

  /**
   * @param file the file
   * @param problem what was found and what is allowed, in one line
   * @param cause what a library said
   */
  public ModelFileException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }

  /** A file that asks for a configuration that can't be. */
  public ModelFileException(Path file, ConfigException cause) {
    this(file, String.valueOf(cause.getMessage()), cause);
  }

  /** Text from a file made fit for one line of a message: quoted, escaped and not too long. */
  public static String quote(String text) {
    return "'" + shown(text) + "'";
  }

  /** The same without quotation marks. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(text.length(), LONGEST_QUOTE);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean plain =
          !Character.isISOControl(c)
              && c != '\u2028'
              && c != '\u2029'
              && Character.getType(c) != Character.FORMAT;
      shown.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return shown.append(end < text.length() ? "…" : "").toString();
  }
}
