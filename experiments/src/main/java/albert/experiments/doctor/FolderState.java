package albert.experiments.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that the suite reads or writes.
 *
 * @param purpose what it is for
 * @param path as a whole
 * @param elsewhere how another folder is named
 * @param exists whether it is there
 * @param writable whether it, or where it is not there the nearest folder above it, can be written
 * @param freeBytes of its disk that this user may take, -1 where unknown
 */
public record FolderState(
    String purpose,
    String path,
    String elsewhere,
    boolean exists,
    boolean writable,
    long freeBytes) {

  static FolderState of(String purpose, Path folder, String elsewhere) {
    Path whole = folder.toAbsolutePath().normalize();
    Path there = whole;
    Path above = whole.getParent();
    while (above != null && !Files.exists(there)) {
      there = above;
      above = there.getParent();
    }
    return new FolderState(
        purpose,
        whole.toString(),
        elsewhere,
        Files.isDirectory(whole),
        Files.isDirectory(there) && Files.isWritable(there),
        freeBytes(there));
  }

  private static long freeBytes(Path there) {
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return -1;
    }
  }
}
