package albert.datasets.task;

import albert.datasets.DataFormatException;
import albert.evaluation.record.DataFingerprint;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The data of a task, read and validated; the row order is the data set's own.
 *
 * @param <X> its rows
 * @param task whose data it is
 * @param splits the examples of each part there is; at least one part
 * @param labels the names of the classes, tags or topics that there are, in the order of their
 *     indices; empty where nothing has a name
 * @param tags the names of the tags of words, of a task that has classes too; otherwise empty
 * @param fingerprint of everything that was read
 */
public record TaskData<X extends Example>(
    Task<X> task,
    Map<SplitName, List<X>> splits,
    List<String> labels,
    List<String> tags,
    DataFingerprint fingerprint) {

  /** Copies its arguments. */
  public TaskData {
    Map<SplitName, List<X>> copies = new EnumMap<>(SplitName.class);
    splits.forEach((name, examples) -> copies.put(name, List.copyOf(examples)));
    splits = Collections.unmodifiableMap(copies);
    labels = List.copyOf(labels);
    tags = List.copyOf(tags);
  }

  /** Data of a task whose words have no tags. */
  public TaskData(
      Task<X> task,
      Map<SplitName, List<X>> splits,
      List<String> labels,
      DataFingerprint fingerprint) {
    this(task, splits, labels, List.of(), fingerprint);
  }

  /**
   * Data with the fingerprint of its examples.
   *
   * @param source where it came from, in words
   */
  public static <X extends Example> TaskData<X> of(
      Task<X> task, Map<SplitName, List<X>> splits, List<String> labels, String source) {
    return of(task, splits, labels, List.of(), source);
  }

  /** The same of a task that has tags too. */
  public static <X extends Example> TaskData<X> of(
      Task<X> task,
      Map<SplitName, List<X>> splits,
      List<String> labels,
      List<String> tags,
      String source) {
    Map<String, Long> rows = new HashMap<>();
    splits.forEach((name, examples) -> rows.put(name.id(), (long) examples.size()));
    return new TaskData<>(
        task,
        splits,
        labels,
        tags,
        DataFingerprint.of(task.id(), task.sha256(splits), rows, source));
  }

  /** Whether this part exists and has an example. */
  public boolean has(SplitName name) {
    return !splits.getOrDefault(name, List.of()).isEmpty();
  }

  /** Whether every example of a part has a label. */
  public boolean isLabelled(SplitName name) {
    return examples(name).stream().allMatch(Example::hasLabel);
  }

  /**
   * The examples of a part, at least one.
   *
   * @throws DataFormatException if the task has none of them, naming the file that is missing
   */
  public List<X> examples(SplitName name) {
    List<X> examples = splits.getOrDefault(name, List.of());
    if (examples.isEmpty()) {
      String found = String.join(", ", splits.keySet().stream().map(SplitName::id).toList());
      String file = task.files().get(name);
      throw new DataFormatException(
          file == null ? "task " + task.id() : task.folder().orElse("") + "/" + file,
          String.format(
              Locale.ROOT, "there is no %s data of task %s, only %s", name.id(), task.id(), found));
    }
    return examples;
  }

  /**
   * The same data with some training examples alone, as {@link Task#firstTrain} chooses them.
   *
   * @param count how many at most, at least 1
   */
  public TaskData<X> withFirstTrain(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count + ", allowed is 1 or more");
    }
    List<X> train = splits.getOrDefault(SplitName.TRAIN, List.of());
    if (train.size() <= count) {
      return this;
    }
    Map<SplitName, List<X>> limited = new EnumMap<>(splits);
    limited.put(SplitName.TRAIN, task.firstTrain(train, count));
    return of(task, limited, labels, tags, fingerprint.source());
  }
}
