package albert.experiments.task;

import albert.datasets.task.Task;
import albert.experiments.task.entity.EntityKind;
import albert.experiments.task.kind.TaskKind;
import albert.experiments.task.span.SpanKind;
import albert.experiments.task.summary.SummaryKind;
import albert.experiments.task.text.TextKind;
import albert.model.io.HeadKind;
import java.util.List;
import java.util.Optional;

/** Every kind of task there is; a new one is added here and nowhere else. */
public final class TaskKinds {
  private static final List<TaskKind<?, ?, ?, ?>> ALL =
      List.of(new TextKind(), new SpanKind(), new EntityKind(), new SummaryKind());

  private TaskKinds() {}

  /** Every kind, in the order of listings. */
  public static List<TaskKind<?, ?, ?, ?>> all() {
    return ALL;
  }

  /** The kind of a task, or nothing. */
  public static Optional<TaskKind<?, ?, ?, ?>> of(String task) {
    return ALL.stream().filter(kind -> kind.task(task).isPresent()).findFirst();
  }

  /** The kind that learns with a head, or nothing. */
  public static Optional<TaskKind<?, ?, ?, ?>> of(HeadKind head) {
    return ALL.stream().filter(kind -> kind.heads().contains(head)).findFirst();
  }

  /** Every task, in the order of listings. */
  public static List<Task<?>> tasks() {
    return ALL.stream().<Task<?>>flatMap(kind -> kind.tasks().stream()).toList();
  }

  /** The task of an id, or nothing. */
  public static Optional<Task<?>> task(String id) {
    return tasks().stream().filter(task -> task.id().equals(id)).findFirst();
  }
}
