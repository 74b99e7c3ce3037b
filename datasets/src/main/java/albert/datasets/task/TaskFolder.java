package albert.datasets.task;

import albert.datasets.DataFormatException;
import albert.datasets.download.PublicSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where a task's files are.
 *
 * @param task whose files
 * @param files those that are there, at least one
 */
record TaskFolder(Task task, Map<SplitName, Path> files) {

  /**
   * Looks for the task's folder under the data root, then for its files in the folder itself.
   *
   * @param name of the folder
   * @param names of the files
   * @return nothing if there is none of them
   */
  static Optional<TaskFolder> find(
      Task task, Path data, String name, Map<SplitName, String> names) {
    Path last = Path.of(name).getFileName();
    for (Path folder : List.of(data.resolve(name), data.resolve(last), data)) {
      Map<SplitName, Path> files = new EnumMap<>(SplitName.class);
      names.forEach((split, file) -> files.put(split, folder.resolve(file)));
      files.values().removeIf(file -> !Files.isRegularFile(file));
      if (!files.isEmpty()) {
        return Optional.of(new TaskFolder(task, files));
      }
    }
    return Optional.empty();
  }

  /** What to throw where no folder has any of a task's files. */
  static DataFormatException missing(Task task, Path data) {
    return new DataFormatException(
        data.toString(),
        String.format(
            Locale.ROOT,
            "there is no data of task %s, expected %s with %s in it; %s",
            task.id(),
            task.folder().orElseThrow(),
            String.join(", ", task.files().values()),
            PublicSources.howToGet(task.id(), data)));
  }

  /** Reads every file that is there. */
  TaskData read(BiFunction<SplitName, Path, List<TextExample>> reader) {
    Map<SplitName, List<TextExample>> splits = new EnumMap<>(SplitName.class);
    files.forEach((split, file) -> splits.put(split, reader.apply(split, file)));
    return TaskData.of(task, splits, task.folder().orElseThrow());
  }
}
