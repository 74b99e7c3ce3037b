package albert.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Something that the person at the terminal has to change: a path, an option, a file. */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says it in one line: what was wrong, the value found, what is allowed, what to change. */
  public InputException(String message) {
    super(message);
  }

  /** A file that can't be read or written, in the file system's words. */
  public static InputException of(UncheckedIOException problem) {
    return new InputException(words(Objects.requireNonNull(problem.getCause())));
  }

  /** What the file system said, in words. */
  public static String words(IOException problem) {
    String message = String.valueOf(problem.getMessage());
    if (problem instanceof NoSuchFileException) {
      return message + " does not exist";
    }
    if (problem instanceof AccessDeniedException) {
      return message + " may not be read or written";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return message + " exists and is not a folder";
    }
    if (problem instanceof NotDirectoryException) {
      return message + " is not a folder";
    }
    return message;
  }
}
