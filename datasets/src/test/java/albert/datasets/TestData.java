package albert.datasets;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where tests find what is not in the repository. */
public final class TestData {

  private TestData() {}

  /** A file or folder under {@code ALBERT_DATA}; without it the test is skipped. */
  public static Path external(String path) {
    String root = System.getenv("ALBERT_DATA");
    assumeTrue(root != null, "needs " + path + ": set ALBERT_DATA to the data folder");
    Path file = Path.of(root, path);
    assumeTrue(Files.exists(file), "needs " + file + ", which is not there");
    return file;
  }

  /** A golden file or folder, which must be there. */
  public static Path golden(String path) {
    String root = System.getProperty("golden.dir");
    if (root != null) {
      return Path.of(root, path);
    }
    try {
      return Path.of(Objects.requireNonNull(TestData.class.getResource("/golden/" + path)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
