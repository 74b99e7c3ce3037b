package albert.datasets.task;

import albert.evaluation.record.DataFingerprint;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The data of a task, read and validated; the row order is the data set's own.
 *
 * @param task whose data it is
 * @param splits the examples of each part there is; at least one part
 * @param fingerprint of everything that was read
 */
public record TaskData(
    Task task, Map<SplitName, List<TextExample>> splits, DataFingerprint fingerprint) {

  /** Copies its arguments. */
  public TaskData {
    Map<SplitName, List<TextExample>> copies = new EnumMap<>(SplitName.class);
    splits.forEach((name, examples) -> copies.put(name, List.copyOf(examples)));
    splits = Collections.unmodifiableMap(copies);
  }

  /**
   * The examples of a part.
   *
   * @throws IllegalArgumentException if the task has no such part
   */
  public List<TextExample> examples(SplitName name) {
    List<TextExample> examples = splits.get(name);
    if (examples == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "task %s has no %s data, it has %s",
              task.id(),
              name.id(),
              splits.keySet().stream().map(SplitName::id).toList()));
    }
    return examples;
  }
}
