package albert.datasets.task;

import albert.evaluation.metric.Metric;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task over single texts or pairs: what is predicted, how it is scored, where the data lies. */
public interface Task {

  /** As on the command line: {@code sst-2}. */
  String id();

  /** For people: {@code SST-2}. */
  String title();

  /** What is predicted. */
  TaskKind kind();

  /** Whether it is over pairs, otherwise over single texts. */
  default boolean isOfPairs() {
    return false;
  }

  /** The names of the classes, in the order of their indices; empty for a regression. */
  List<String> labels();

  /** What it is scored by; the first is the one that models are chosen by. */
  List<Metric> metrics();

  /**
   * The folder under the data root, for example {@code glue/MRPC}; nothing if the data arrives with
   * the program.
   */
  Optional<String> folder();

  /** The official file of each part there can be; empty if the data arrives with the program. */
  default Map<SplitName, String> files() {
    return Map.of();
  }

  /**
   * Reads and validates everything there is.
   *
   * @param data the data root, or the task's own folder; not looked at if {@link #folder()} is
   *     empty
   * @throws albert.datasets.DataFormatException with file and line, if the data is malformed
   * @throws java.io.UncheckedIOException if it can't be read
   */
  TaskData read(Path data);
}
