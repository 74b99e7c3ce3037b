package albert.evaluation.record;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Files that are whole or absent, even after {@code kill -9} or a power cut: written beside, forced
 * to the disk, renamed, and the folder forced too. A file that was there before stays until the new
 * one is whole. Folders that are missing are made.
 */
public final class AtomicFiles {
  private static final String TEMPORARY = ".tmp";

  private AtomicFiles() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param out buffered; need not be closed
     * @throws IOException to give up: then nothing is left
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** A text in UTF-8. */
  public static void writeText(Path target, String text) throws IOException {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Whatever the content writes.
   *
   * @throws IOException with a message of one line that names the file; the target is then as
   *     before
   */
  public static void write(Path target, Content content) throws IOException {
    Path folder = folderOf(target);
    Path temporary =
        folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
    try {
      Files.createDirectories(folder);
      try {
        writeAndForce(temporary, target, content);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      forceFolder(folder);
    } catch (FileSystemException e) {
      throw new IOException("cannot write " + target + ": " + reason(e, temporary, folder), e);
    }
  }

  /** What writers that were killed left in a folder, or are writing now. */
  public static List<Path> leftovers(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + TEMPORARY)) {
      files.forEach(found::add);
    }
    return found;
  }

  /**
   * Removes what writers that were killed left in a folder. Only for who holds the {@link RunLock}
   * of the folder: a file that another is writing would go as well.
   */
  public static void removeLeftovers(Path folder) throws IOException {
    for (Path file : leftovers(folder)) {
      Files.deleteIfExists(file);
    }
  }

  private static void writeAndForce(Path file, Path target, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(new NamingStream(Channels.newOutputStream(channel), target));
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Says which file it was where the disk is full: the system's message names none. */
  private static final class NamingStream extends FilterOutputStream {
    private final Path target;

    NamingStream(OutputStream out, Path target) {
      super(out);
      this.target = target;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        throw new IOException("cannot write " + target + ": " + e.getMessage(), e);
      }
    }
  }

  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path folderOf(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(target + " is no file name");
    }
    return folder;
  }

  /** Without the name of the temporary file, which nobody asked for. */
  private static String reason(FileSystemException e, Path temporary, Path folder) {
    String at = temporary.toString().equals(e.getFile()) ? folder.toString() : e.getFile();
    if (e instanceof AccessDeniedException) {
      return "no permission for " + at;
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return at + " is no folder";
    }
    if (e instanceof NoSuchFileException) {
      return at + " is not there";
    }
    return e.getReason() == null ? at + " does not take it" : e.getReason();
  }
}
