package albert.experiments.task.kind;

/** Of a kind of task without configuration keys of its own. */
public record NoKeys() {
  /** The only one. */
  public static final NoKeys NONE = new NoKeys();
}
