package albert.datasets.task;

/** What is predicted from a row. */
public enum TaskKind {
  /** One of {@link Task#labels()}. */
  CLASSIFICATION,
  /** A number. */
  REGRESSION
}
