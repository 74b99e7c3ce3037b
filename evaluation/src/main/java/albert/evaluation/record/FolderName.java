package albert.evaluation.record;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names that become folders. They come from users, so they may not lead out of the store, hide, or
 * be an option to a command: letters, digits, {@code . _ -}, beginning with a letter or digit, at
 * most 64 characters, no two dots in a row and none at the end.
 */
public final class FolderName {
  private static final Pattern ALLOWED =
      Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?");

  private FolderName() {}

  /** Whether the text may be the name of a folder. */
  public static boolean allows(@Nullable String name) {
    return name != null && ALLOWED.matcher(name).matches();
  }

  /**
   * The name itself, if it is allowed.
   *
   * @param key what the name is, for the message
   * @throws IllegalArgumentException if it is not
   */
  public static String require(String key, @Nullable String name) {
    if (name == null || !allows(name)) {
      throw new IllegalArgumentException(
          key
              + " is '"
              + Printable.of(name)
              + "', allowed are 1 to 64 letters, digits and . _ -, beginning with a letter or digit,"
              + " without '..' and without a dot at the end");
    }
    return name;
  }
}
