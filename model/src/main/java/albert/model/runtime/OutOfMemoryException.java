package albert.model.runtime;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * A device has not enough memory for what was asked of it. The message is one line: where, what
 * tensor found no place, and what the work needs where that is known.
 */
public final class OutOfMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Disks that are full, and other resources, are exhausted too. */
  private static final Pattern MEMORY =
      Pattern.compile("\\bOOM\\b|out of memory|allocat", Pattern.CASE_INSENSITIVE);

  /** As TensorFlow names a tensor, its type and its device. */
  private static final Pattern TENSOR =
      Pattern.compile("shape(\\[[0-9,]*\\]) and type (\\w+) on \\S*device:(\\w+):");

  private OutOfMemoryException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What TensorFlow said, in a line.
   *
   * @param need of the work in words, or empty
   * @return empty where it is not memory that is exhausted
   */
  static Optional<OutOfMemoryException> of(TFResourceExhaustedException problem, String need) {
    String said = String.valueOf(problem.getMessage());
    if (!MEMORY.matcher(said).find()) {
      return Optional.empty();
    }
    String message = "out of memory" + where(said) + (need.isEmpty() ? "" : ": " + need);
    return Optional.of(new OutOfMemoryException(message, problem));
  }

  private static String where(String said) {
    Matcher tensor = TENSOR.matcher(said);
    return tensor.find()
        ? String.format(
            Locale.ROOT,
            " on the %s (no place for a tensor %s of type %s)",
            tensor.group(3),
            tensor.group(1),
            tensor.group(2))
        : "";
  }
}
