package albert.datasets.tokenizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/** Files that arrive by Maven: entries of jars on the class path, as paths. */
public final class ClassPathFile {
  private ClassPathFile() {}

  /**
   * The path of a resource, in a jar or a folder. A jar stays open until the program ends.
   *
   * @param name without a slash before it
   * @throws IllegalStateException if it is not on the class path
   */
  public static Path of(String name) {
    URL url = ClassPathFile.class.getResource("/" + name);
    if (url == null) {
      throw new IllegalStateException(name + " is not on the class path");
    }
    try {
      URI uri = url.toURI();
      if (uri.getScheme().equals("jar")) {
        open(uri);
      }
      return Path.of(uri);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the jar's file system known, once. */
  private static void open(URI uri) throws IOException {
    try {
      FileSystems.getFileSystem(uri);
    } catch (FileSystemNotFoundException notYet) {
      try {
        FileSystems.newFileSystem(uri, Map.of());
      } catch (FileSystemAlreadyExistsException another) {
        // another thread was faster, and that does as well
        FileSystems.getFileSystem(uri);
      }
    }
  }
}
