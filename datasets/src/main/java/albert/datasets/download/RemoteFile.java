package albert.datasets.download;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A public file.
 *
 * @param uri where it is
 * @param bytes its size as published elsewhere, or -1 if that is not known
 * @param sha256 64 hexadecimal digits as published elsewhere, or null if they are not known
 * @param folder where it belongs under the data root
 * @param members what is wanted of a ZIP archive, by path in it; each goes into the folder under
 *     its last name. Empty for a file that is itself what is wanted.
 * @param saveAs how a file that is itself what is wanted is called in the folder
 */
public record RemoteFile(
    URI uri,
    long bytes,
    @Nullable String sha256,
    String folder,
    List<String> members,
    String saveAs) {

  /** Copies the list. */
  public RemoteFile {
    members = List.copyOf(members);
  }

  /** A file that keeps the last part of its address as its name. */
  public RemoteFile(
      URI uri, long bytes, @Nullable String sha256, String folder, List<String> members) {
    this(uri, bytes, sha256, folder, members, lastName(uri.getPath()));
  }

  /** The last part of its address. */
  public String name() {
    return lastName(uri.getPath());
  }

  /** What will lie in the folder. */
  public List<String> results() {
    return members.isEmpty()
        ? List.of(saveAs)
        : members.stream().map(RemoteFile::lastName).toList();
  }

  static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
