package albert.model.io.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Git leaves in the place of a large file that it did not fetch: a few lines of text (git-lfs,
 * {@code docs/spec.md}).
 */
public final class LargeFilePointer {
  private static final String START = "version https://git-lfs.github.com/spec/";

  private LargeFilePointer() {}

  /**
   * Refuses a pointer.
   *
   * @throws ModelFileException if the file is one
   * @throws IOException if it can't be read
   */
  public static void refuse(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(START.length()), StandardCharsets.ISO_8859_1);
      if (start.equals(START)) {
        throw new ModelFileException(
            file, "it is a pointer of Git LFS and not the file itself; git lfs pull fetches it");
      }
    }
  }
}
