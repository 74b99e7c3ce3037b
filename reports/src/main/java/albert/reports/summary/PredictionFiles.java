package albert.reports.summary;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The predictions of runs. Files are read as long as a budget of bytes lasts, so that a report of
 * very many runs stays quick; {@link #left()} counts those that are not read.
 */
final class PredictionFiles {
  private static final long BUDGET_BYTES = 200_000_000;

  private final Function<RunRecord, Optional<RunDirectory>> folders;
  private final Map<Path, Optional<PredictionFile>> read = new HashMap<>();
  private long budget = BUDGET_BYTES;
  private int left;

  PredictionFiles(Function<RunRecord, Optional<RunDirectory>> folders) {
    this.folders = folders;
  }

  /** Files that the budget did not allow. */
  int left() {
    return left;
  }

  /** The predictions of a run for a part of the data; empty if there are none. */
  Optional<PredictionFile> of(RunRecord run, String split) {
    return folders
        .apply(run)
        .map(folder -> folder.predictions().resolve(split + ".jsonl"))
        .flatMap(this::file);
  }

  private Optional<PredictionFile> file(Path path) {
    Optional<PredictionFile> known = read.get(path);
    if (known != null) {
      return known;
    }
    Optional<PredictionFile> file = Optional.empty();
    try {
      long size = Files.size(path);
      if (size <= budget) {
        budget -= size;
        file = PredictionFile.read(path);
      } else {
        left++;
      }
    } catch (IOException unusedNotThere) {
      file = Optional.empty();
    }
    read.put(path, file);
    return file;
  }
}
