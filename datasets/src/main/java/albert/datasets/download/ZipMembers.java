package albert.datasets.download;

import albert.evaluation.record.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Takes what is wanted out of a ZIP archive. Where it goes is never the archive's to say; an
 * archive with a name that leads out of its folder, and one that grows beyond all measure, is
 * refused.
 */
final class ZipMembers {
  /** Text shrinks to a fifth or so. */
  private static final long GREATEST_RATIO = 200;

  private static final int MOST_ENTRIES = 10_000;

  private ZipMembers() {}

  /**
   * Extracts.
   *
   * @param members paths in the archive, all of which it must have
   * @param folder gets each under its last name
   * @throws IOException if the archive is refused or broken off, or a file can't be written
   */
  static void extract(Path archive, List<String> members, Path folder) throws IOException {
    Set<String> missing = new HashSet<>(members);
    long[] budget = {Math.multiplyExact(Files.size(archive), GREATEST_RATIO)};
    int entries = 0;
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries++;
        if (entries > MOST_ENTRIES) {
          throw new IOException(archive + ": it has more than " + MOST_ENTRIES + " entries");
        }
        checkName(archive, entry.getName());
        if (!entry.isDirectory() && missing.remove(entry.getName())) {
          AtomicFiles.write(
              folder.resolve(RemoteFile.lastName(entry.getName())),
              out -> copy(archive, zip, out, budget));
        } else {
          copy(archive, zip, OutputStream.nullOutputStream(), budget);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(archive + ": it does not have " + String.join(", ", missing));
    }
  }

  private static void checkName(Path archive, String name) throws IOException {
    boolean leadsOut =
        name.startsWith("/")
            || name.contains("\\")
            || name.indexOf('\0') >= 0
            || name.contains(":")
            || List.of(name.split("/", -1)).contains("..");
    if (leadsOut) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s: refused, its entry '%s' leads out of its folder", archive, name));
    }
  }

  private static void copy(Path archive, InputStream in, OutputStream out, long[] budget)
      throws IOException {
    byte[] block = new byte[1 << 16];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      budget[0] -= n;
      if (budget[0] < 0) {
        throw new IOException(
            archive + ": refused, it grows to more than " + GREATEST_RATIO + " times its size");
      }
      out.write(block, 0, n);
    }
  }
}
