package albert.datasets.task;

import albert.datasets.DataFormatException;
import albert.datasets.MissingDataException;
import albert.datasets.download.PublicSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Where a task's files are.
 *
 * @param <X> rows of the task
 * @param task whose files
 * @param files the files or folders that exist; at least one
 */
public record TaskFolder<X extends Example>(Task<X> task, Map<SplitName, Path> files) {

  /**
   * Looks for the task's folder under the data root, then for its files in the folder itself.
   *
   * @param name of the folder
   * @param names of the files
   * @return nothing if there is none of them
   */
  public static <X extends Example> Optional<TaskFolder<X>> find(
      Task<X> task, Path data, String name, Map<SplitName, String> names) {
    return find(task, data, name, names, Files::isRegularFile);
  }

  /**
   * The same of parts that may be folders.
   *
   * @param isPart whether a part is where its name says
   */
  public static <X extends Example> Optional<TaskFolder<X>> find(
      Task<X> task, Path data, String name, Map<SplitName, String> names, Predicate<Path> isPart) {
    Path last = Path.of(name).getFileName();
    for (Path folder : List.of(data.resolve(name), data.resolve(last), data)) {
      Map<SplitName, Path> files = new EnumMap<>(SplitName.class);
      names.forEach((split, file) -> files.put(split, folder.resolve(file)));
      files.values().removeIf(isPart.negate());
      if (!files.isEmpty()) {
        return Optional.of(new TaskFolder<>(task, files));
      }
    }
    return Optional.empty();
  }

  /** What to throw where no folder has any of a task's files. */
  public static DataFormatException missing(Task<?> task, Path data) {
    return new MissingDataException(
        data.toString(),
        String.format(
            Locale.ROOT,
            "there is no data of task %s, expected %s with %s in it; %s",
            task.id(),
            task.folder().orElseThrow(),
            listed(List.copyOf(task.files().values())),
            PublicSources.howToGet(task.id(), data)));
  }

  private static String listed(List<String> files) {
    int last = files.size() - 1;
    String others = String.join(", ", files.subList(0, last));
    return others.isEmpty() ? files.get(last) : others + " or " + files.get(last);
  }

  /** Reads every file that is there. */
  public Map<SplitName, List<X>> read(BiFunction<SplitName, Path, List<X>> reader) {
    Map<SplitName, List<X>> splits = new EnumMap<>(SplitName.class);
    files.forEach((split, file) -> splits.put(split, reader.apply(split, file)));
    return splits;
  }
}
