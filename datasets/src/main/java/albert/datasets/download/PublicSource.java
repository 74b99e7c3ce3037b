package albert.datasets.download;

import java.util.List;

/**
 * Where the data of a task comes from.
 *
 * @param task its id
 * @param title for people
 * @param licence as its authors state it
 * @param files to download; empty if a person has to get them
 * @param advice what a person has to do or know; may be empty
 */
public record PublicSource(
    String task, String title, String licence, List<RemoteFile> files, String advice) {

  /** Copies the list. */
  public PublicSource {
    files = List.copyOf(files);
  }

  /** Bytes to download, or -1 if that is not known. */
  public long bytes() {
    return files.stream().anyMatch(file -> file.bytes() < 0)
        ? -1
        : files.stream().mapToLong(RemoteFile::bytes).sum();
  }
}
