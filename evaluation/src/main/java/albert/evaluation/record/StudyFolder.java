package albert.evaluation.record;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The folder of a study's runs. It may have been renamed or copied, so its name tells nothing; that
 * of a run's folder is the run's id, by which a copy of a run is known from the run.
 *
 * @param path {@code runs/STUDY}; it need not exist yet
 */
public record StudyFolder(Path path) {

  /**
   * The folder of a run, which need not exist.
   *
   * @throws IllegalArgumentException if the id is not {@linkplain FolderName allowed}
   */
  public RunDirectory directory(String runId) {
    return new RunDirectory(path.resolve(FolderName.require("run_id", runId)));
  }

  /**
   * The record of a run; empty if the run has not begun.
   *
   * @throws RecordFormatException if it can't be understood, or is that of another run
   */
  public Optional<RunRecord> read(String runId) throws IOException {
    Path file = directory(runId).record();
    return Files.exists(file) ? Optional.of(read(file, runId)) : Optional.empty();
  }

  /** All records; none if the folder does not exist. */
  public RunStore.Listing list() throws IOException {
    List<RunRecord> records = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Path run : foldersIn(path)) {
      Path file = new RunDirectory(run).record();
      try {
        records.add(read(file, nameOf(run)));
      } catch (NoSuchFileException unusedNotBegun) {
        // the folder was made, and nothing more
      } catch (RecordFormatException e) {
        unreadable.add(e.getMessage());
      } catch (IOException e) {
        unreadable.add(file + " can't be read");
      }
    }
    return new RunStore.Listing(records, unreadable);
  }

  private RunRecord read(Path file, String runId) throws IOException {
    RunRecord run = new StrictJson().read(file, RunRecord.class);
    if (!run.runId().equals(runId)) {
      throw new RecordFormatException(
          file,
          0,
          String.format(
              Locale.ROOT,
              "is the record of %s/%s, but lies in %s/%s",
              run.study(),
              run.runId(),
              nameOf(path),
              runId),
          null);
    }
    return run;
  }

  /** The folders in a folder whose names are allowed, sorted; none if it does not exist. */
  static List<Path> foldersIn(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            folder, e -> FolderName.allows(nameOf(e)) && Files.isDirectory(e))) {
      entries.forEach(folders::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    folders.sort(null);
    return folders;
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
