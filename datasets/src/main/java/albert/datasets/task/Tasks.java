package albert.datasets.task;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every task there is; a new one is added here and nowhere else. */
public final class Tasks {

  private static final List<Task> ALL =
      Stream.concat(Arrays.<Task>stream(GlueTask.values()), Stream.of(new WordNetTask())).toList();

  private Tasks() {}

  /** Every task, in the order of listings. */
  public static List<Task> all() {
    return ALL;
  }

  /** The task of an id, or nothing. */
  public static Optional<Task> byId(String id) {
    return ALL.stream().filter(task -> task.id().equals(id)).findFirst();
  }
}
