package albert.evaluation.record;

import albert.evaluation.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The runs that a study asks for, in its order: {@code plan.json} beside them. A store may hold
 * others besides, of an earlier state of the study.
 *
 * @param runs at least one
 */
public record StudyIndex(List<Entry> runs) {
  private static final String FILE = "plan.json";

  /**
   * A run, begun or not.
   *
   * @param runId its folder
   * @param label its variant in words
   * @param initSeed seed of the initialisation
   * @param dataSeed seed of the order of the data
   * @param steps training steps that it has
   */
  public record Entry(String runId, String label, long initSeed, long dataSeed, long steps) {
    public Entry {
      FolderName.require("run_id", runId);
      Require.present("label", label);
      Require.notNegative("steps", steps);
    }
  }

  public StudyIndex {
    runs = List.copyOf(Require.present("runs", runs));
  }

  /** Writes it into the folder of a study, whole or not at all. */
  public void write(Path study) throws IOException {
    AtomicFiles.writeText(study.resolve(FILE), new StrictJson().write(this));
  }

  /**
   * Reads it.
   *
   * @param study the folder of the study
   * @return empty if there is none
   * @throws RecordFormatException if it is not in the format
   */
  public static Optional<StudyIndex> read(Path study) throws IOException {
    Path file = study.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(new StrictJson().read(file, StudyIndex.class))
        : Optional.empty();
  }
}
