package albert.experiments.run;

import albert.evaluation.record.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip file with all files at its top, as GLUE's server takes it. */
final class SubmissionZip {

  /** Equal predictions give equal bytes: 1980, the earliest time that a zip file can say. */
  private static final long TIME = 315_532_800_000L;

  private SubmissionZip() {}

  /**
   * Writes it.
   *
   * @param files texts by name
   */
  static void write(Path target, Map<String, String> files) throws IOException {
    AtomicFiles.write(
        target,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
          for (Map.Entry<String, String> file : files.entrySet()) {
            ZipEntry entry = new ZipEntry(file.getKey());
            entry.setTime(TIME);
            zip.putNextEntry(entry);
            zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
          }
          zip.finish();
        });
  }
}
