package albert.evaluation.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder {@code runs/} with its {@code STUDY/RUN/}. Readable at any moment, whatever was killed
 * when: a run without {@code run.json} has not begun, files left over are not looked at, and a
 * record that can't be read is named and hinders no other.
 */
public final class RunStore {
  private final Path root;

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
   * The folder of a study, which need not exist.
   *
   * @throws IllegalArgumentException if the name is not {@linkplain FolderName allowed}
   */
  public StudyFolder study(String name) {
    return new StudyFolder(root.resolve(FolderName.require("study", name)));
  }

  /**
   * The folder of a run, which need not exist.
   *
   * @throws IllegalArgumentException if a name is not {@linkplain FolderName allowed}
   */
  public RunDirectory directory(String study, String runId) {
    return study(study).directory(runId);
  }

  /** Writes the record to its place, whole or not at all. */
  public void write(RunRecord run) throws IOException {
    AtomicFiles.writeText(
        directory(run.study(), run.runId()).record(), new StrictJson().write(run));
  }

  /**
   * The record of a run; empty if the run has not begun.
   *
   * @throws RecordFormatException if it can't be understood, or is that of another run
   */
  public Optional<RunRecord> read(String study, String runId) throws IOException {
    return study(study).read(runId);
  }

  /** All records of all studies; none if the folder does not exist. */
  public Listing list() throws IOException {
    List<RunRecord> records = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Path study : StudyFolder.foldersIn(root)) {
      Listing own = new StudyFolder(study).list();
      records.addAll(own.records());
      unreadable.addAll(own.unreadable());
    }
    return new Listing(records, unreadable);
  }

  /** All records of one study; none if its folder does not exist. */
  public Listing list(String study) throws IOException {
    return study(study).list();
  }
}
