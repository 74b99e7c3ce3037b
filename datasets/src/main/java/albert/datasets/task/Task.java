package albert.datasets.task;

import albert.evaluation.record.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set and what to predict from it: how it is scored, where the data lies, how it is read.
 *
 * @param <X> its rows
 */
public interface Task<X extends Example> {
  /** As on the command line: {@code sst-2}. */
  String id();

  /** For people: {@code SST-2}. */
  String title();

  /** The scores that it is judged by, as records name them; the first chooses the weights. */
  List<String> metricIds();

  /** The score that models are chosen by: {@code accuracy}. */
  default String metric() {
    return metricIds().get(0);
  }

  /** Whether a sequence has two texts, otherwise one. */
  default boolean isOfPairs() {
    return false;
  }

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
  TaskData<X> read(Path data);

  /** The data to train and evaluate with: unchanged if it has the parts for that. */
  default TaskData<X> forTraining(TaskData<X> data) {
    return data;
  }

  /**
   * The training examples that are taken where not all are wanted: the first ones, unless those of
   * a data set would be all of one sort.
   *
   * @param train at least as many
   * @param count how many
   */
  default List<X> firstTrain(List<X> train, int count) {
    return train.subList(0, count);
  }

  /**
   * What identifies the content of some data: 64 hexadecimal digits, over the parts in their order
   * and every example's words.
   */
  default String sha256(Map<SplitName, List<X>> splits) {
    Sha256 digest = new Sha256();
    for (SplitName name : SplitName.values()) {
      List<X> examples = splits.getOrDefault(name, List.of());
      if (!examples.isEmpty()) {
        digest.add(name.id()).add(examples.size());
        examples.forEach(example -> digest.add(example.toString()));
      }
    }
    return digest.hex();
  }
}
