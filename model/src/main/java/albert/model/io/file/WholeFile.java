package albert.model.io.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes files whole or not at all: beside the target, forced to the disk, then renamed over it.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What is written. */
  public interface Content {
    /** Writes all of it. */
    void to(FileChannel channel) throws IOException;
  }

  /** Writes a file of these bytes. */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, channel -> drain(ByteBuffer.wrap(content), channel));
  }

  /**
   * Writes a file.
   *
   * @throws IOException if it can't be written; what was there before is then untouched
   */
  public static void write(Path file, Content content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " is not a file");
    }
    // not createTempFile, whose files nobody else may read
    Path beside =
        directory.resolve(
            String.format(Locale.ROOT, ".%s.%s.part", file.getFileName(), UUID.randomUUID()));
    try {
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        content.to(channel);
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("cannot write " + file + ": " + reason(e, directory), e);
    } finally {
      Files.deleteIfExists(beside);
    }
    try (FileChannel entry = FileChannel.open(directory)) {
      entry.force(true); // the rename itself
    }
  }

  /** Writes what is left in a buffer. */
  public static void drain(ByteBuffer bytes, FileChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Without the name of the file beside, which nobody asked for. */
  private static String reason(IOException e, Path directory) {
    if (e instanceof AccessDeniedException) {
      return "no permission in " + directory;
    }
    if (e instanceof NoSuchFileException) {
      return directory + " is not there";
    }
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return reason == null ? directory + " does not take it" : reason;
  }
}
