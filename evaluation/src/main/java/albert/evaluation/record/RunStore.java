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
 * The folder {@code runs/} with its {@code STUDY/RUN/}. Readable at any moment, whatever was killed
 * when: a run without {@code run.json} has not begun, files left over are not looked at, and a
 * record that can't be read is named and hinders no other.
 */
public final class RunStore {
  private final Path root;
  private final StrictJson json = new StrictJson();

  /**
   * A store in a folder.
   *
   * @param root the folder; it need not exist yet
   */
  public RunStore(Path root) {
    this.root = root;
  }

  /**
   * What a store holds.
   *
   * @param records sorted by study and run id
   * @param unreadable a line for each record that can't be read: file, line, what is wrong
   */
  public record Listing(List<RunRecord> records, List<String> unreadable) {
    public Listing {
      records = List.copyOf(records);
      unreadable = List.copyOf(unreadable);
    }
  }

  /** The folder of the store. */
  public Path root() {
    return root;
  }

  /**
   * The folder of a run, which need not exist.
   *
   * @throws IllegalArgumentException if a name is not {@linkplain FolderName allowed}
   */
  public RunDirectory directory(String study, String runId) {
    return new RunDirectory(
        root.resolve(FolderName.require("study", study))
            .resolve(FolderName.require("run_id", runId)));
  }

  /** Writes the record to its place, whole or not at all. */
  public void write(RunRecord run) throws IOException {
    AtomicFiles.writeText(directory(run.study(), run.runId()).record(), json.write(run));
  }

  /**
   * The record of a run; empty if the run has not begun.
   *
   * @throws RecordFormatException if it can't be understood, or belongs to another folder
   */
  public Optional<RunRecord> read(String study, String runId) throws IOException {
    Path file = directory(study, runId).record();
    return Files.exists(file) ? Optional.of(read(file, study, runId)) : Optional.empty();
  }

  /** All records of all studies; none if the folder does not exist. */
  public Listing list() throws IOException {
    List<RunRecord> records = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Path study : foldersIn(root)) {
      collect(study, records, unreadable);
    }
    return new Listing(records, unreadable);
  }

  /** All records of one study; none if its folder does not exist. */
  public Listing list(String study) throws IOException {
    List<RunRecord> records = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    collect(root.resolve(FolderName.require("study", study)), records, unreadable);
    return new Listing(records, unreadable);
  }

  private void collect(Path study, List<RunRecord> records, List<String> unreadable)
      throws IOException {
    for (Path run : foldersIn(study)) {
      Path file = new RunDirectory(run).record();
      try {
        records.add(read(file, nameOf(study), nameOf(run)));
      } catch (NoSuchFileException unusedNotBegun) {
        // the folder was made, and nothing more
      } catch (RecordFormatException e) {
        unreadable.add(e.getMessage());
      } catch (IOException e) {
        unreadable.add(file + ": " + e);
      }
    }
  }

  private RunRecord read(Path file, String study, String runId) throws IOException {
    RunRecord run = json.read(file, RunRecord.class);
    if (!run.study().equals(study) || !run.runId().equals(runId)) {
      throw new RecordFormatException(
          file,
          0,
          String.format(
              Locale.ROOT,
              "is the record of %s/%s, but lies in %s/%s",
              run.study(),
              run.runId(),
              study,
              runId),
          null);
    }
    return run;
  }

  private static List<Path> foldersIn(Path folder) throws IOException {
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
