package albert.experiments.task;

import albert.datasets.task.Task;
import albert.experiments.task.choice.ChoiceKind;
import albert.experiments.task.entity.EntityKind;
import albert.experiments.task.intent.JointKind;
import albert.experiments.task.intent.ScopeKind;
import albert.experiments.task.kind.TaskKind;
import albert.experiments.task.span.SpanKind;
import albert.experiments.task.summary.SummaryKind;
import albert.experiments.task.table.TableKind;
import albert.experiments.task.text.TextKind;
import albert.model.io.HeadKind;
import java.util.List;
import java.util.Optional;

/** Every kind of task there is; a new one is added here and nowhere else. */
public final class TaskKinds {
  /** What to do where no task is the right one. */
  public static final String OWN_DATA = "for data of your own: --task csv --data FILE";

  private static final List<TaskKind<?, ?, ?, ?>> ALL =
      List.of(
          new TextKind(),
          new SpanKind(),
          new EntityKind(),
          new TableKind(),
          new ChoiceKind(),
          new JointKind(),
          new ScopeKind(),
          new SummaryKind());

  private TaskKinds() {}

  /** Every kind, in the order of listings. */
  public static List<TaskKind<?, ?, ?, ?>> all() {
    return ALL;
  }

  /** The kind of a task, or nothing. */
  public static Optional<TaskKind<?, ?, ?, ?>> of(String task) {
    return ALL.stream().filter(kind -> kind.task(task).isPresent()).findFirst();
  }

  /**
   * The kind that predicts with a head, or nothing.
   *
   * @param trainedFor id of the task that it was trained for, whose kind it is if that has the
   *     head; empty where it is not known
   */
  public static Optional<TaskKind<?, ?, ?, ?>> of(HeadKind head, String trainedFor) {
    return of(trainedFor)
        .filter(kind -> kind.heads().contains(head))
        .or(() -> ALL.stream().filter(kind -> kind.heads().contains(head)).findFirst());
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
