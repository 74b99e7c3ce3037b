package albert.datasets.task;

/** A row of a data set: what a model reads, and what it is to say of it. */
public interface Example {
  /** Its name in its data set, unique within its part. */
  String id();

  /** Whether the data set says what is right. */
  default boolean hasLabel() {
    return true;
  }
}
